import { ProblemError } from "../core/problem.ts";
import { type GitResult, gitProblem, runGit } from "../git/git.ts";
import type { Place } from "./place.ts";

export interface GitCall {
  /** Absolute; that of the commit where it is not given. */
  readonly index?: string;
  /** A folder that stands in for the working tree, absolute. */
  readonly worktree?: string;
  readonly input?: Uint8Array;
  /** Settings for this call, `name=value`. */
  readonly settings?: readonly string[];
}

/** One call of git at this place. Never rejects. */
export async function tryGit(
  place: Place,
  args: readonly string[],
  { index, worktree, input, settings = [] }: GitCall = {}
): Promise<GitResult> {
  const env = {
    ...place.env,
    GIT_INDEX_FILE: index ?? place.index,
    ...(worktree === undefined ? {} : { GIT_DIR: place.gitDir, GIT_WORK_TREE: worktree }),
  };
  const words = [...settings.flatMap((setting) => ["-c", setting]), ...args];
  return runGit(words, {
    env,
    cwd: worktree ?? place.top,
    ...(input === undefined ? {} : { input }),
    ...(place.signal === undefined ? {} : { signal: place.signal }),
  });
}

/** What git printed; rejects with a `ProblemError` where it exits other than 0. */
export async function callGit(place: Place, args: readonly string[], call: GitCall = {}): Promise<Uint8Array> {
  const result = await tryGit(place, args, call);
  if (result.exitCode !== 0) {
    throw new ProblemError(gitProblem(args, result));
  }
  return result.stdout;
}

/** As `callGit`, for what fits on a line. */
export async function readWord(place: Place, args: readonly string[], call: GitCall = {}): Promise<string> {
  return new TextDecoder().decode(await callGit(place, args, call)).trim();
}
