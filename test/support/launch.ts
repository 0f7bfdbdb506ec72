import { expect } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Clone, clone, coreutils, type Probed, withBun } from "./clone.ts";
import type { Ran } from "./sandbox.ts";
import type { StartOptions } from "./launch-process.ts";

/** What the launcher says when it installs. */
export const installing = "k: installing the packages of bun.lock\n";
/** For a start that may need nothing of PATH. */
export const noPath = { env: { PATH: "/nowhere" } };

/** What the launcher of a small copy did. */
export interface Launched {
  readonly exitCode: number;
  /** k itself was reached, with its argument. */
  readonly ran: boolean;
  readonly stderr: string;
}

/** k ran, and there was nothing to say. */
export const warm: Launched = { exitCode: 0, ran: true, stderr: "" };

/** Starts the launcher of a small copy with an argument. */
export async function call(copy: Clone, options?: StartOptions): Promise<Launched> {
  return outcome(await copy.run([copy.at("k"), "a b"], options));
}

export function outcome({ exitCode, stdout, stderr }: Ran): Launched {
  const ran = stdout !== "";
  if (ran) {
    expect((JSON.parse(stdout) as Probed).argv).toEqual(["a b"]);
  }
  return { exitCode, ran, stderr };
}

/** A small copy that is installed. */
export async function installed(): Promise<Clone & { readonly bunOnly: StartOptions }> {
  const copy = await clone({ small: true, modules: true });
  const bunOnly = { env: { PATH: copy.path(withBun) } };
  const first = await call(copy, bunOnly);
  if (first.exitCode !== 0) {
    throw new Error(first.stderr);
  }
  return Object.assign(copy, { bunOnly });
}

export function expectNothingLeft(copy: Clone): void {
  expect(existsSync(copy.at("node_modules"))).toBe(false);
}

/** The real Bun behind a gate: where it is told to install, the test sees that, and says when it goes on. */
export interface GatedBun {
  /** For PATH. */
  readonly path: string;
  /** Resolves with its process number when it stands at the gate. */
  entered(): Promise<string>;
  go(): Promise<void>;
}

/** `before` is shell that it runs on its way to the gate; `after`, behind it, in place of the installation. */
export function gatedBun(copy: Clone, { before = ":", after = ":" } = {}): GatedBun {
  const [entered, gate] = [join(copy.outer, "entered"), join(copy.outer, "gate")];
  for (const pipe of [entered, gate]) {
    if (!existsSync(pipe)) {
      Bun.spawnSync(["mkfifo", pipe]);
    }
  }
  const script = `[ "$1" != install ] || { ${before}; echo $$ > '${entered}'; read -r line < '${gate}'; ${after}; }; exec '${process.execPath}' "$@"`;
  return {
    path: copy.path(coreutils, { bun: script }),
    entered: async () => (await Bun.file(entered).text()).trim(),
    go: async () => void (await Bun.spawn(["sh", "-c", `echo > '${gate}'`]).exited),
  };
}
