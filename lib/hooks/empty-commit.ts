import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import { gitProblem } from "../git/git.ts";
import { tryGit } from "./git-call.ts";
import type { Entry } from "./objects.ts";
import type { RunState } from "./staged.ts";

/** True where the new index, `index`, has nothing to commit. Git itself asks that only before it calls the hook. */
export async function isEmptyCommit(
  { place, read }: RunState,
  fixed: readonly Entry[],
  index: string
): Promise<boolean> {
  const isRest = read.deleted.length > 0 || read.files.size > fixed.length;
  if (isRest || read.head === undefined || existsSync(join(place.gitDir, "MERGE_HEAD"))) {
    return false;
  }
  const args = ["diff-index", "--cached", "--quiet", "--ignore-submodules=none", read.head, "--"];
  const result = await tryGit(place, args, { index });
  if (result.exitCode > 1) {
    throw new ProblemError(gitProblem(args, result));
  }
  return result.exitCode === 0;
}

export const emptied: Problem = {
  kind: "commit-stopped",
  why: "its fixes undo all that is staged, so nothing would be left to commit",
  hint: "`git diff --staged` shows what is staged; `git commit --no-verify` commits it without the fixes",
};
