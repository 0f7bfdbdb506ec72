import { existsSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";

/** Throws a `ProblemError` where the project has no flake. */
export function requireFlake(root: string): void {
  if (!existsSync(join(root, "flake.nix"))) {
    throw new ProblemError({
      kind: "wrong-use",
      message: `there is no flake.nix in ${root}`,
      hint: "go to a project that has one, or name it with --cwd",
    });
  }
}
