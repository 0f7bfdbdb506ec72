import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { built } from "./built/facts.ts";

/** Against what lies in the folder that a script is run in. */
const sealed = ["--no-install", "--no-env-file", "--config=/dev/null", "--tsconfig-override=/dev/null"];

/** A Bun, and what must be set for it to be one. */
export interface BunProgram {
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

let known: BunProgram | undefined;

/** The Bun that runs `k`; for a binary the one beside it, which made it, or else the binary itself. */
export function bunProgram(): BunProgram {
  known ??= built === undefined ? { program: process.execPath, env: {} } : bunOfBinary();
  return known;
}

function bunOfBinary(): BunProgram {
  const beside = join(dirname(process.execPath), "bun");
  // A binary is a Bun too, if told so. What a script starts inherits that, and may be `k` again: so it is the second choice.
  return existsSync(beside) ? { program: beside, env: {} } : { program: process.execPath, env: { BUN_BE_BUN: "1" } };
}

/**
 * How to run a script on the very Bun that runs `k`, in any folder. `--no-install` keeps it from fetching what a config
 * imports and `node_modules` does not have; `--bun` makes it take the place of Node for `#!/usr/bin/env node` scripts.
 * The others keep out what lies in that folder: Bun would run the `preload` of its `bunfig.toml`, take other files for
 * those that are imported where its `tsconfig.json` says so, and read its `.env`.
 */
export function bunScript(script: string): {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
} {
  const { program, env } = bunProgram();
  return { argv: [program, ...sealed, "--bun", script], env: { ...env, NODE_ENV: "production" } };
}
