import { existsSync } from "node:fs";
import { join } from "node:path";
import { biome } from "../../lib/tools/biome.ts";
import { eslint } from "../../lib/tools/eslint.ts";
import { shellcheck } from "../../lib/tools/shellcheck.ts";
import { home } from "../world.ts";

/** A linter called as `k` calls it: the same program, arguments and config. */
export interface Linter {
  readonly name: string;
  /** Files follow. */
  readonly argv: readonly [string, ...string[]];
  /** By the endings of their names, without a dot. */
  readonly endings: readonly string[];
}

/** Those of the suite that this machine has. */
export function linters(): readonly Linter[] {
  const native = join(home, "node_modules/@biomejs", `cli-${process.platform}-${process.arch}`, "biome");
  const node = Bun.which("node");
  const shell = Bun.which("shellcheck");
  return [
    ...(existsSync(native) ? [{ name: "biome", argv: biomeCall(native), endings: ["ts", "json"] }] : []),
    ...(node === null ? [] : [{ name: "eslint", argv: eslintCall(node), endings: ["ts"] }]),
    ...(shell === null ? [] : [{ name: "shellcheck", argv: shellcheckCall(shell), endings: ["sh"] }]),
  ];
}

function biomeCall(program: string): Linter["argv"] {
  const [command = "lint", ...rest] = biome.check?.args ?? [];
  return [program, command, "--config-path", join(home, biome.config?.path ?? ""), ...rest];
}

/** `k` calls it as a library, in a process that stays; by hand there is only its own program. */
function eslintCall(node: string): Linter["argv"] {
  const program = join(home, "node_modules/eslint/bin/eslint.js");
  return [node, program, "--config", join(home, eslint.config?.path ?? ""), "--format", "json"];
}

function shellcheckCall(program: string): Linter["argv"] {
  return [program, ...(shellcheck.check?.args ?? [])];
}
