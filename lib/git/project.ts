import { join, relative } from "node:path";
import type { FileList, ListedFile, OddPath } from "../core/file-list.ts";
import { compareText } from "../core/finding.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { findGitFolder } from "../host/git-folder.ts";
import { inspect } from "../host/inspect.ts";
import { walkFolder } from "../host/walk.ts";
import { type GitOptions, gitMissing, gitProblem, type GitResult, runGit } from "./git.ts";
import { type IndexRow, parseLsFiles } from "./ls-files.ts";
import { decodeNul, notUtf8 } from "./path-bytes.ts";

const listing = ["ls-files", "-z", "-v", "--stage", "--cached", "--others", "--exclude-standard"];
const changes = ["diff-files", "-z", "--name-status", "--no-renames", "--ignore-submodules=all", "--relative"];

/** Where git's command line would grow too long, the whole list is filtered instead. */
const maxPathspecBytes = 64 * 1024;

/**
 * All files below an absolute folder that git tracks or would track; the files that are there where it is no repository.
 * Two git processes at once: the list, and what of it differs from the index. Rejects with a `ProblemError` where git
 * is needed and fails.
 */
export async function listProject(root: string, git: GitOptions): Promise<FileList> {
  return listBelow(root, [], git);
}

/** As `listProject`, only these paths (files or folders, relative to the root); all where none is given. */
export async function listBelow(root: string, paths: readonly string[], git: GitOptions): Promise<FileList> {
  const bytes = paths.reduce((sum, path) => sum + Buffer.byteLength(path) + 1, 0);
  const pathspec = paths.length === 0 || bytes > maxPathspecBytes ? [] : ["--", ...paths];
  const [list, changed] = await Promise.all([
    runGit([...listing, ...pathspec], { ...git, cwd: root }),
    runGit([...changes, ...pathspec], { ...git, cwd: root }),
  ]);
  if (isOutsideGit(list, root)) {
    return listFolder(root, paths);
  }
  if (isBare(list)) {
    return {
      source: "git",
      files: [],
      unmerged: [],
      odd: [{ path: root, reason: "it is a repository without a working tree" }],
      problems: [],
    };
  }
  if (list.exitCode !== 0) {
    throw new ProblemError(gitProblem(listing, list));
  }
  if (changed.exitCode !== 0) {
    throw new ProblemError(gitProblem(changes, changed));
  }
  return gather(root, list, changed.stdout);
}

function isOutsideGit({ exitCode, stderr }: GitResult, root: string): boolean {
  if (exitCode === gitMissing) {
    return findGitFolder(root) === undefined;
  }
  return exitCode === 128 && /not a git repository \(or any/.test(stderr);
}

function isBare({ exitCode, stderr }: GitResult): boolean {
  return exitCode === 128 && /must be run in a work tree/.test(stderr);
}

async function listFolder(root: string, below: readonly string[]): Promise<FileList> {
  const { paths, odd, problems } = await walkFolder(root, below);
  return { source: "walk", files: paths.map((path) => ({ path, tracked: false })), unmerged: [], odd, problems };
}

function gather(root: string, list: GitResult, changedBytes: Uint8Array): FileList {
  const odd: OddPath[] = [];
  const rows = parseLsFiles(list.stdout, (path) => odd.push({ path, reason: notUtf8 }));
  const changed = parseNameStatus(changedBytes);
  const files: ListedFile[] = [];
  for (const row of rows) {
    const file = present(root, row, changed.get(row.path));
    if (file !== undefined) {
      files.push(file);
    }
  }
  return {
    source: "git",
    files: files.sort((a, b) => compareText(a.path, b.path)),
    unmerged: rows
      .filter(({ unmerged }) => unmerged)
      .map(({ path }) => path)
      .toSorted(compareText),
    odd,
    problems: unreadableFolders(list.stderr, root),
  };
}

/** The last status letter of each path; one in conflict has two rows, `U` and what its file is. */
export function parseNameStatus(bytes: Uint8Array): ReadonlyMap<string, string> {
  const parts = decodeNul(bytes, () => {});
  const byPath = new Map<string, string>();
  for (let index = 0; index + 1 < parts.length; index += 2) {
    byPath.set(parts[index + 1] ?? "", parts[index] ?? "");
  }
  return byPath;
}

/** The row as a file that is there, or nothing. Only where git leaves it open is the disk asked. */
function present(root: string, row: IndexRow, change: string | undefined): ListedFile | undefined {
  const { path } = row;
  if (row.mode === undefined) {
    return { path, tracked: false };
  }
  if (change === "D") {
    return undefined;
  }
  if (change === undefined && !row.skipped && !row.assumed && row.blob !== undefined) {
    return { path, tracked: true, mode: row.mode, blob: row.blob };
  }
  const { type, executable } = inspect(join(root, path));
  if (type === "symlink") {
    return { path, tracked: true, mode: "symlink" };
  }
  if (type === "unreachable") {
    return { path, tracked: true };
  }
  return type === "file" ? { path, tracked: true, mode: executable ? "executable" : "file" } : undefined;
}

/** Git warns of a folder that it may not enter, by its path from the top, and goes on as if it were empty. */
function unreadableFolders(stderr: string, root: string): readonly Problem[] {
  return [...stderr.matchAll(/^warning: could not open directory '(.*?)\/?': (.*)$/gm)].map(
    ([, path = "", why = ""]) => ({
      kind: "file",
      path: relative(root, join(findGitFolder(root)?.top ?? root, path)),
      what: "its files are not checked",
      why: why.toLowerCase(),
      hint: "mend the folder's mode, or add it to .gitignore",
    })
  );
}
