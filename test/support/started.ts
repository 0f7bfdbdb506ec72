import { join } from "node:path";
import type { RunnerOptions } from "./process-runner.ts";
import { killBearers, newMarker } from "./survivors.ts";

/** The runner, started in a process group of its own, as a shell starts a job. */
export interface Started extends AsyncDisposable {
  /** Stands in the environment of all that it starts, and, for scripts, as `$MARKER`. */
  readonly marker: string;
  readonly pid: number;
  /** Its exit code, when all that it printed has arrived. */
  readonly exited: Promise<number>;
  /** Set where it was started in a terminal. */
  readonly terminal: Bun.Terminal | undefined;
  /** What it has printed so far. */
  output(): string;
  /** Waits until it has printed this so many times. */
  printed(text: string, times: number): Promise<void>;
  /** To the runner alone. */
  signal(name: NodeJS.Signals): void;
  /** To its whole process group, as a terminal does. */
  signalGroup(name: NodeJS.Signals): void;
}

export interface StartOptions {
  /** In a terminal of its own, which it controls. */
  readonly terminal?: boolean;
  /** A module that is loaded before the runner. */
  readonly preload?: string;
  /** A shell script in whose place of `"$@"` the runner stands. */
  readonly within?: string;
}

export function startRunner(options: RunnerOptions, { terminal = false, preload, within }: StartOptions = {}): Started {
  const marker = newMarker();
  const log = new Log();
  const before = preload === undefined ? [] : ["--preload", join(import.meta.dir, preload)];
  const around = within === undefined ? [] : ["/bin/sh", "-c", within, "sh"];
  const command = [
    ...around,
    process.execPath,
    ...before,
    join(import.meta.dir, "process-runner.ts"),
    JSON.stringify(options),
  ];
  const env = { ...process.env, MARKER: marker };
  const child = terminal
    ? Bun.spawn(command, { env, detached: true, terminal: { cols: 80, rows: 24, data: (_, bytes) => log.add(bytes) } })
    : Bun.spawn(command, { env, detached: true, stdin: "ignore", stdout: "pipe", stderr: "inherit" });
  const read = async () => {
    if (child.stdout instanceof ReadableStream) {
      for await (const bytes of child.stdout) {
        log.add(bytes);
      }
    }
  };
  const drained = read();
  return {
    marker,
    pid: child.pid,
    exited: Promise.all([child.exited, drained]).then(([code]) => code),
    terminal: child.terminal,
    output: () => log.text,
    async printed(text, times) {
      const over = child.exited.then((code) => {
        throw new Error(`the runner ended with ${code} before it printed ${text}:\n${log.text}`);
      });
      while (log.text.split(text).length - 1 < times) {
        await Promise.race([log.grown(), over]);
      }
      over.catch(() => {});
    },
    signal: (name) => process.kill(child.pid, name),
    signalGroup: (name) => process.kill(-child.pid, name),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
      if (child.terminal?.closed === false) {
        child.terminal.close();
      }
      killBearers(marker);
    },
  };
}

class Log {
  text = "";
  readonly #decoder = new TextDecoder();
  #wake = () => {};

  add(bytes: Uint8Array): void {
    this.text += this.#decoder.decode(bytes, { stream: true });
    this.#wake();
  }

  grown(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
