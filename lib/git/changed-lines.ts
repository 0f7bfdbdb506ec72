import { type Problem, ProblemError } from "../core/problem.ts";
import { type GitOptions, gitMissing, gitProblem, readGit, runGit } from "./git.ts";
import { allLines, type LineRanges, parseDiff } from "./parse-diff.ts";
import { decodeNul } from "./path-bytes.ts";
import { listProject } from "./project.ts";
import { diffSince } from "./since.ts";

export type { LineRanges } from "./parse-diff.ts";

/**
 * The lines, by path from the root, that are not as they were at the merge base of HEAD and `ref`: committed or not, and
 * files that git does not track as a whole. Without a `ref` it is the branch's upstream, else `main`, else `master`, else
 * the remote's default branch. In a repository without a commit every line is changed. Rejects with a `ProblemError`.
 */
export async function changedLines(
  root: string,
  ref: string | undefined,
  git: GitOptions
): Promise<ReadonlyMap<string, LineRanges>> {
  const [untracked, diff] = await Promise.all([
    readGit(["ls-files", "-z", "--others", "--exclude-standard"], { ...git, cwd: root }),
    diffLines(root, ref, git),
  ]);
  if (diff === "all") {
    return new Map((await listProject(root, git)).files.map(({ path }) => [path, allLines]));
  }
  const changed = new Map(parsed(diff));
  for (const path of decodeNul(untracked, () => {})) {
    if (path !== "") {
      changed.set(path, allLines);
    }
  }
  return changed;
}

async function diffLines(root: string, ref: string | undefined, git: GitOptions): Promise<Uint8Array | "all"> {
  const base = ref ?? (await defaultBase(root, git));
  return base === "all" ? "all" : diffSince(root, base, ["--raw", "-p", "-z", "-U0", "--inter-hunk-context=0"], git);
}

function parsed(diff: Uint8Array): ReadonlyMap<string, LineRanges> {
  try {
    return parseDiff(diff);
  } catch (error) {
    throw new ProblemError({
      kind: "git",
      command: "git diff",
      why: error instanceof Error ? error.message : String(error),
    });
  }
}

/** The upstream comes last: where there is none, git stops at that line. */
const candidates = ["HEAD", "refs/heads/main", "refs/heads/master", "refs/remotes/origin/HEAD", "@{upstream}"];

async function defaultBase(root: string, git: GitOptions): Promise<string> {
  const args = ["cat-file", "--batch-check=%(objectname)"];
  const input = new TextEncoder().encode(candidates.map((name) => `${name}^{commit}\n`).join(""));
  const result = await runGit(args, { ...git, cwd: root, input });
  if (result.exitCode === gitMissing || /not a git repository/.test(result.stderr)) {
    throw new ProblemError(gitProblem(args, result));
  }
  const lines = new TextDecoder().decode(result.stdout).split("\n");
  const [head, main, master, remote, upstream] = lines.map((line) =>
    /^[0-9a-f]{40,64}$/.test(line) ? line : undefined
  );
  if (head === undefined) {
    return "all";
  }
  const base = upstream ?? main ?? master ?? remote;
  if (base === undefined) {
    throw new ProblemError(noBase);
  }
  return base;
}

const noBase: Problem = {
  kind: "git",
  command: "git cat-file",
  why: "this branch has no upstream, and there is no main, master or origin/HEAD to compare with",
  hint: "name a revision with --since REF",
};

/** True where one of the lines that a finding speaks of is changed. */
export function isChanged(
  changed: ReadonlyMap<string, LineRanges>,
  { path, line, endLine = line }: { readonly path: string; readonly line: number; readonly endLine?: number }
): boolean {
  return changed.get(path)?.some(([first, last]) => line <= last && endLine >= first) ?? false;
}
