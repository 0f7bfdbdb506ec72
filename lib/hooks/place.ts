import { basename, dirname, join, resolve } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { type GitOptions, gitProblem, runGit } from "../git/git.ts";
import { findGitFolder, isSamePlace } from "../host/git-folder.ts";

/** Where a hook stands: the working tree, its repository, and the index of which git makes the commit. */
export interface Place extends GitOptions {
  /** The top of the working tree, absolute. Paths of git are relative to it. */
  readonly top: string;
  /** That of the worktree, for a linked one. */
  readonly gitDir: string;
  /** Absolute; it may not be there yet. */
  readonly index: string;
  /**
   * The index that stays. It is another one under `git commit -a`, `-p` or PATH: git makes an index for the commit and
   * throws it away when the hook fails.
   */
  readonly lastingIndex: string;
  /** Under `git commit PATH`: what git will put in the place of the lasting index when the commit is made. */
  readonly nextIndex?: string;
  /** The folder in the repository that is `k`'s own. */
  readonly folder: string;
}

/** `root` is an absolute folder in a working tree. Starts git only where the environment names a repository elsewhere. */
export async function findPlace(root: string, git: GitOptions): Promise<Place> {
  return placeAt(usual(root, git.env) ?? (await ask(root, git)), git);
}

/** As `findPlace`, without git; undefined where only git can tell. */
export function usualPlace(root: string, git: GitOptions): Place | undefined {
  const found = usual(root, git.env);
  return found === undefined ? undefined : placeAt(found, git);
}

interface Repository {
  readonly top: string;
  readonly gitDir: string;
}

function placeAt({ top, gitDir }: Repository, git: GitOptions): Place {
  const { GIT_INDEX_FILE: given } = git.env;
  const index = given === undefined || given === "" ? join(gitDir, "index") : resolve(top, given);
  return { ...git, top, gitDir, index, folder: join(gitDir, "k"), ...indexesBehind(index, gitDir) };
}

function usual(root: string, env: GitOptions["env"]): Repository | undefined {
  if ((env["GIT_WORK_TREE"] ?? "") !== "") {
    return undefined;
  }
  const found = findGitFolder(root);
  if (found === undefined) {
    return undefined;
  }
  const named = env["GIT_DIR"] ?? "";
  // A relative `GIT_DIR` is seen from the top: git starts its hooks there.
  if (named !== "" && !isSamePlace(found.repository, resolve(found.top, named))) {
    return undefined;
  }
  return { top: found.top, gitDir: found.repository };
}

async function ask(root: string, git: GitOptions): Promise<Repository> {
  const args = ["rev-parse", "--show-toplevel", "--absolute-git-dir"];
  const result = await runGit(args, { ...git, cwd: root });
  const [top, gitDir] = new TextDecoder().decode(result.stdout).split("\n");
  if (result.exitCode !== 0 || top === undefined || gitDir === undefined) {
    throw new ProblemError(gitProblem(args, result));
  }
  return { top, gitDir };
}

/** True where the index of the commit is not the one that stays. */
export function isTemporary({ index, lastingIndex }: Place): boolean {
  return index !== lastingIndex;
}

/** `index.lock` is the index of `-a`, `-i` and `-p`, `next-index-PID.lock` that of PATH (git's builtin/commit.c). */
export function indexesBehind(
  index: string,
  gitDir: string
): { readonly lastingIndex: string; readonly nextIndex?: string } {
  const name = basename(index);
  if (!name.endsWith(".lock")) {
    return { lastingIndex: index };
  }
  if (!name.startsWith("next-index-")) {
    return { lastingIndex: join(dirname(index), name.slice(0, -".lock".length)) };
  }
  return { lastingIndex: join(gitDir, "index"), nextIndex: join(gitDir, "index.lock") };
}
