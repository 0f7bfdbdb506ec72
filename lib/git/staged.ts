import { join } from "node:path";
import type { FileMode, OddPath } from "../core/file-list.ts";
import { compareText } from "../core/finding.ts";
import { type GitOptions, readGit } from "./git.ts";
import { notUtf8 } from "./path-bytes.ts";
import { parsePorcelainV2, type StatusEntry } from "./porcelain.ts";

/** A file of which the next commit changes the content or the mode. */
export interface StagedFile {
  /** Relative to the root. */
  readonly path: string;
  readonly status: "added" | "modified" | "type-changed";
  /** In the index. */
  readonly mode: FileMode;
  /** The id of the staged blob. */
  readonly blob: string;
  /** The working copy is not what is staged, or is gone. */
  readonly dirty: boolean;
}

export interface StagedList {
  readonly files: readonly StagedFile[];
  /** Paths that a merge left in conflict: nothing can be committed. */
  readonly unmerged: readonly string[];
  /** `git add -N`: in the index by name only, so no part of the commit. */
  readonly intentToAdd: readonly string[];
  readonly deleted: readonly string[];
  /** Tracked files that differ from the index and of which nothing is staged. */
  readonly unstaged: readonly string[];
  readonly odd: readonly OddPath[];
}

const status = [
  "status",
  "--porcelain=v2",
  "-z",
  "--untracked-files=no",
  "--no-renames",
  "--no-ahead-behind",
  "--ignore-submodules=all",
  "--",
  ".",
];

const modes: Readonly<Record<string, FileMode>> = { "100644": "file", "100755": "executable", "120000": "symlink" };

/**
 * What the next commit changes below an absolute folder, by one read of the index that `GIT_INDEX_FILE` names
 * (git's own where it names none). Submodules are left out. Rejects with a `ProblemError`.
 */
export async function listStaged(root: string, git: GitOptions): Promise<StagedList> {
  const [bytes, prefix] = await Promise.all([readGit(status, { ...git, cwd: root }), prefixOf(root, git)]);
  return sortStatus(parsePorcelainV2(bytes), prefix);
}

/** The path of a folder from the top of its working tree, with a slash at its end; empty for the top itself. */
export async function prefixOf(root: string, git: GitOptions): Promise<string> {
  const bytes = await readGit(["rev-parse", "--show-prefix"], { ...git, cwd: root });
  return new TextDecoder().decode(bytes).replace(/\n$/, "");
}

/** `prefix` is cut off each path: git prints them from the top of the working tree. */
export function sortStatus(entries: readonly StatusEntry[], prefix: string): StagedList {
  const list = {
    files: [] as StagedFile[],
    unmerged: [] as string[],
    intentToAdd: [] as string[],
    deleted: [] as string[],
    unstaged: [] as string[],
    odd: [] as OddPath[],
  };
  for (const entry of entries) {
    const path = entry.path.text.slice(prefix.length);
    if (entry.path.odd) {
      list.odd.push({ path, reason: notUtf8 });
    } else if (entry.type === "unmerged") {
      list.unmerged.push(path);
    } else if (entry.type === "changed") {
      sortChanged(entry, path, list);
    }
  }
  return { ...list, files: list.files.sort((a, b) => compareText(a.path, b.path)) };
}

function sortChanged(
  entry: StatusEntry & { type: "changed" },
  path: string,
  list: { files: StagedFile[]; intentToAdd: string[]; deleted: string[]; unstaged: string[] }
): void {
  const mode = modes[entry.mode];
  if (entry.worktree === "A") {
    list.intentToAdd.push(path);
  } else if (entry.index === "D") {
    list.deleted.push(path);
  } else if (entry.submodule || (mode === undefined && entry.index !== ".")) {
    return;
  } else if (entry.index === ".") {
    list.unstaged.push(path);
  } else if (mode !== undefined) {
    const kind = entry.index === "A" ? "added" : entry.index === "T" ? "type-changed" : "modified";
    list.files.push({ path, status: kind, mode, blob: entry.blob, dirty: entry.worktree !== "." });
  }
}

/**
 * Writes the staged content of files into a folder, with the modes and line endings that a checkout would give them.
 * Paths are relative to `root`; returns the folder below `folder` (absolute) that stands for `root`. Rejects with a
 * `ProblemError`, for one where the disk is full.
 */
export async function snapshotStaged(
  paths: readonly string[],
  folder: string,
  root: string,
  git: GitOptions
): Promise<string> {
  const input = new TextEncoder().encode(paths.map((path) => `${path}\0`).join(""));
  const [, prefix] = await Promise.all([
    readGit(["checkout-index", "-z", "--stdin", `--prefix=${folder}/`], { ...git, cwd: root, input }),
    prefixOf(root, git),
  ]);
  return prefix === "" ? folder : join(folder, prefix);
}
