import { expect } from "bun:test";
import { type Clone, clone, withBun } from "./clone.ts";
import type { Ran } from "./sandbox.ts";

/** A copy of `k` with the binary that `k build` made of it. */
export interface Built extends Clone {
  /** Where the launcher looks for the binary. */
  readonly binary: string;
  /** Through the launcher, in a folder. */
  k(cwd: string, ...args: readonly string[]): Promise<Ran>;
  /** The same from its source. */
  source(cwd: string, ...args: readonly string[]): Promise<Ran>;
}

export async function builtClone(): Promise<Built> {
  const copy = await clone({ modules: true });
  const PATH = `${copy.path(withBun)}:/usr/bin:/bin`;
  const installed = await copy.run([copy.at("k"), "--version"], { env: { PATH } });
  expect(installed.exitCode).toBe(0);
  const made = await copy.run([copy.at("k"), "build"], { cwd: copy.root });
  expect([made.exitCode, made.stderr]).toEqual([0, ""]);
  return {
    ...copy,
    binary: copy.known("bun").replace(/bun$/, "k"),
    k: (cwd, ...args) => copy.run([copy.at("k"), ...args], { cwd }),
    source: (cwd, ...args) => copy.run([copy.at("k"), ...args], { cwd, env: { K_FROM_SOURCE: "1" } }),
  };
}

/** Whether a run of `k version` was one of the binary. */
export function ranBinary({ stdout }: Ran): boolean {
  expect(stdout).toMatch(/^runs from (?:the binary|its source)/m);
  return stdout.includes("runs from the binary");
}
