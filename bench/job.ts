import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The program that all contenders run: it does nothing, unless it has to prove that it is called. */
export interface Job {
  /** Absolute. */
  readonly program: string;
  /** Runs the work, and resolves with how many arguments each call of the program had. */
  recorded(record: string, work: () => void): readonly number[];
}

export function makeJob(program: string): Job {
  mkdirSync(dirname(program), { recursive: true });
  const become = (put: () => void): void => {
    rmSync(program, { force: true });
    put();
  };
  const doNothing = (): void => become(() => symlinkSync(Bun.which("true") ?? "/bin/true", program));
  doNothing();
  return {
    program,
    recorded(record, work) {
      become(() => writeFileSync(program, `#!/bin/sh\necho "$#" >> '${record}'\n`, { mode: 0o755 }));
      writeFileSync(record, "");
      try {
        work();
      } finally {
        doNothing();
      }
      return readFileSync(record, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map(Number);
    },
  };
}
