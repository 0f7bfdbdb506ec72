import { ProblemError } from "../core/problem.ts";
import { type GitOptions, gitProblem, readGit, runGit } from "./git.ts";

export interface Commit {
  /** Its full id. */
  readonly id: string;
  readonly message: string;
}

/**
 * The commits that this branch adds: those since `ref`, else since its upstream, else since `main` or `master`, newest first.
 * Where there is nothing to compare with, the last commit alone; none in an empty repository. Rejects with a `ProblemError`.
 */
export async function branchCommits(
  root: string,
  ref: string | undefined,
  git: GitOptions
): Promise<readonly Commit[]> {
  const at = { ...git, cwd: root };
  if ((await runGit(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], at)).exitCode !== 0) {
    return [];
  }
  const range = await rangeOf(ref, at);
  const bytes = await readGit(["log", "-z", "--no-show-signature", "--format=%H%n%B", ...range, "--"], at);
  const records = new TextDecoder()
    .decode(bytes)
    .split("\0")
    .filter((record) => record !== "");
  return records.map((record) => {
    const end = record.indexOf("\n");
    return { id: record.slice(0, end), message: record.slice(end + 1) };
  });
}

async function rangeOf(ref: string | undefined, at: Parameters<typeof readGit>[1]): Promise<readonly string[]> {
  if (ref !== undefined) {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
    const known = await runGit(args, at);
    if (known.exitCode === 0) {
      return [`${new TextDecoder().decode(known.stdout).trim()}..HEAD`];
    }
    const problem = gitProblem(args, known);
    throw new ProblemError(
      problem.kind === "git"
        ? { ...problem, command: `git log ${ref}..HEAD`, why: `no commit is called ${ref}` }
        : problem
    );
  }
  for (const base of ["@{upstream}", "refs/heads/main", "refs/heads/master", "refs/remotes/origin/HEAD"]) {
    const found = await runGit(["rev-list", "--count", `${base}..HEAD`], at);
    // A branch that adds nothing (main itself, say) is judged by its last commit.
    if (found.exitCode === 0 && new TextDecoder().decode(found.stdout).trim() !== "0") {
      return [`${base}..HEAD`];
    }
  }
  return ["-1", "HEAD"];
}
