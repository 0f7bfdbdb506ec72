import { availableParallelism } from "node:os";
import type { World } from "../world.ts";
import { byHandLine, type LintRun } from "./lint-run.ts";

/** What one would type: each linter after the other, its files spread over the cores. */
export function byHand(world: World): LintRun {
  return {
    name: "by hand, xargs -P",
    kind: "floor",
    env: world.env(),
    files: () => ({}),
    prepare: () => {},
    cold: (linters) => [
      "sh",
      "-c",
      `status=0\n${linters.map((linter) => `${byHandLine(linter, availableParallelism())} || status=1\n`).join("")}exit $status`,
    ],
    warm: () => undefined,
  };
}

/** The least that finding out that nothing changed costs. */
export function gitStatus(world: World): LintRun {
  return {
    name: "git status",
    kind: "floor",
    env: world.env(),
    files: () => ({}),
    prepare: () => {},
    cold: () => ["git", "status"],
    warm: () => ["git", "status", "--porcelain"],
  };
}
