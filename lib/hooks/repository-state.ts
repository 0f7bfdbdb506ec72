import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "../core/hook.ts";
import { textOf } from "../host/text-of.ts";
import type { RepositoryState } from "./conditions.ts";

/** What git leaves in its folder while it is in the middle of something (gitrepository-layout(5), git's wt-status.c). */
const traces: Readonly<Record<Exclude<Operation, "merge-commit">, readonly string[]>> = {
  merge: ["MERGE_HEAD"],
  rebase: ["rebase-merge", "rebase-apply"],
  "cherry-pick": ["CHERRY_PICK_HEAD"],
  revert: ["REVERT_HEAD"],
  bisect: ["BISECT_LOG"],
};

/** What the repository is in the middle of, by looking at files: no process. `gitDir` is absolute, a worktree's own. */
export function readState(gitDir: string, env: RepositoryState["env"]): RepositoryState {
  const during = (Object.keys(traces) as (keyof typeof traces)[]).filter((operation) =>
    traces[operation].some((name) => existsSync(join(gitDir, name)))
  );
  return { during, branch: branchOf(gitDir), env };
}

/** A rebase detaches HEAD and keeps the branch's name in its folder. */
function branchOf(gitDir: string): string | undefined {
  for (const file of ["HEAD", "rebase-merge/head-name", "rebase-apply/head-name"]) {
    const name = /^(?:ref: )?refs\/heads\/(.+)$/m.exec(textOf(join(gitDir, file)))?.[1];
    if (name !== undefined) {
      return name;
    }
  }
  return undefined;
}
