import type { FileList } from "../core/file-list.ts";
import { ProblemError } from "../core/problem.ts";
import { type GitOptions, gitProblem, type GitResult, readGit, runGit } from "./git.ts";
import { decodeNul } from "./path-bytes.ts";
import { listProject } from "./project.ts";

/** Against the user's settings: no colour, no outside program, no rename, no submodule, paths below the current folder. */
export const plainDiff = [
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-renames",
  "--ignore-submodules=all",
  "--relative",
  "--diff-filter=d",
];

/**
 * Files of the project that changed since the merge base of `ref` and HEAD, with what is not committed or not tracked.
 * In a repository without a commit all are new. Rejects with a `ProblemError`, for one where `ref` is no revision.
 */
export async function listSince(root: string, ref: string, git: GitOptions): Promise<FileList> {
  const [list, changed] = await Promise.all([listProject(root, git), changedSince(root, ref, git)]);
  if (changed === "all") {
    return list;
  }
  const files = list.files.filter(({ path, tracked }) => !tracked || changed.has(path));
  const kept = new Set(files.map(({ path }) => path));
  return { ...list, files, unmerged: list.unmerged.filter((path) => kept.has(path)) };
}

async function changedSince(root: string, ref: string, git: GitOptions): Promise<ReadonlySet<string> | "all"> {
  const bytes = await diffSince(root, ref, ["--name-only", "-z"], git);
  return bytes === "all" ? "all" : new Set(decodeNul(bytes, () => {}));
}

/** What `git diff` prints from the merge base of `ref` and HEAD to the working tree; `all` where there is no commit yet. */
export async function diffSince(
  root: string,
  ref: string,
  args: readonly string[],
  git: GitOptions
): Promise<Uint8Array | "all"> {
  const at = { ...git, cwd: root };
  const diff = (...base: string[]): readonly string[] => ["diff", ...args, ...plainDiff, ...base, "--"];
  if (isRange(ref)) {
    throw new ProblemError(unknownRevision(ref));
  }
  const quick = await runGit(diff("--merge-base", `${ref}^{commit}`), at);
  if (quick.exitCode === 0) {
    return quick.stdout;
  }
  if (!(await isRevision("HEAD", at))) {
    return "all";
  }
  if (!(await isRevision(ref, at))) {
    throw new ProblemError(unknownRevision(ref));
  }
  // `--merge-base` wants a single one, and a history with merges both ways has several: any of them will do.
  if (/multiple merge bases/.test(quick.stderr)) {
    const base = new TextDecoder().decode(await readGit(["merge-base", ref, "HEAD"], at)).trim();
    return readGit(diff(base), at);
  }
  throw new ProblemError(noBase(ref, quick));
}

/** Such words name no single commit, or would be taken for an option. */
function isRange(ref: string): boolean {
  return ref === "" || ref.startsWith("-") || ref.startsWith("^") || ref.includes("..") || ref.includes("\0");
}

/** Rejects where git has another reason to fail than that there is no such commit, as outside of a repository. */
async function isRevision(ref: string, at: Parameters<typeof runGit>[1]): Promise<boolean> {
  const args = ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`];
  const result = await runGit(args, at);
  if (result.exitCode > 1) {
    throw new ProblemError(gitProblem(args, result));
  }
  return result.exitCode === 0;
}

function unknownRevision(ref: string) {
  return {
    kind: "git",
    command: `git diff --merge-base ${ref}`,
    why: `no commit is called ${ref === "" ? "by an empty name" : ref}`,
    hint: "name a branch, tag or commit; `git fetch` brings those of the remote",
  } as const;
}

function noBase(ref: string, result: GitResult) {
  const problem = gitProblem(["diff", "--merge-base", ref], result);
  if (problem.kind !== "git" || !/no merge base/.test(result.stderr)) {
    return problem;
  }
  return {
    ...problem,
    why: `HEAD and ${ref} have no commit in common`,
    hint: "in a shallow clone, `git fetch --unshallow` brings the commits that are missing",
  };
}
