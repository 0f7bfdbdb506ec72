import { rmSync } from "node:fs";
import { join } from "node:path";
import type { OwnProgram, World } from "../world.ts";
import type { LintRun } from "./lint-run.ts";
import type { Linter } from "./linters.ts";

export function ownLintRun({ name, program, env: more }: OwnProgram, world: World): LintRun {
  const cache = join(world.folder, `cache-${name.replaceAll(/\W+/g, "-")}`);
  const lint = (linters: readonly Linter[]): readonly [string, ...string[]] => [
    program,
    "lint",
    "--tool",
    linters.map((linter) => linter.name).join(","),
  ];
  return {
    name,
    kind: "k",
    env: world.env([], { ...more, XDG_CACHE_HOME: cache }),
    files: () => ({}),
    prepare: () => {},
    cold: lint,
    forget: () => rmSync(cache, { recursive: true, force: true }),
    warm: lint,
  };
}
