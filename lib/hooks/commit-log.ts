import type { FileMode } from "../core/file-list.ts";
import { gitPath, splitNul } from "../git/path-bytes.ts";
import { callGit } from "./git-call.ts";
import { pathText } from "./path-text.ts";
import type { Place } from "./place.ts";

/** A file as one commit has it, and its parents do not. */
export interface LoggedFile {
  /** The full id. */
  readonly commit: string;
  /** From the top, as `pathText` gives it. */
  readonly path: string;
  readonly mode: FileMode;
  readonly blob: string;
}

const arguments_ = [
  "log",
  "-z",
  "--format=%H",
  "--raw",
  "--no-abbrev",
  "--no-renames",
  "--no-show-signature",
  "--no-ext-diff",
  "--ignore-submodules=all",
  // Of a merge only what is in none of its parents: all else came with commits that are pushed or known themselves.
  "-c",
];

const modes: Readonly<Record<string, FileMode>> = { "100644": "file", "100755": "executable", "120000": "symlink" };

/** What the commits of a range changed, newest first; `range` are revisions as `git log` takes them. Rejects with a `ProblemError`. */
export async function readLog(place: Place, range: readonly string[]): Promise<readonly LoggedFile[]> {
  return parseLog(await callGit(place, [...arguments_, ...range, "--"], { settings: ["log.showRoot=true"] }));
}

/**
 * Rows are separated by NUL: a commit's id; then per file `:<modes> <ids> <status>`, with a colon, a mode and an id per
 * parent and one of each for the commit itself (git-diff(1), "diff format for merges"), and the path. Deletions are left out.
 */
export function parseLog(bytes: Uint8Array): readonly LoggedFile[] {
  const files: LoggedFile[] = [];
  const rows = splitNul(bytes);
  let commit = "";
  for (let index = 0; index < rows.length; index += 1) {
    const row = new TextDecoder("latin1").decode(rows[index] ?? new Uint8Array()).trim();
    if (!row.startsWith(":")) {
      if (row !== "") {
        commit = row;
      }
      continue;
    }
    index += 1;
    const parents = /^:+/.exec(row)?.[0].length ?? 1;
    const words = row.slice(parents).split(" ");
    const mode = modes[words[parents] ?? ""];
    const blob = words[parents * 2 + 1] ?? "";
    if (mode !== undefined) {
      files.push({ commit, path: pathText(gitPath(rows[index] ?? new Uint8Array())), mode, blob });
    }
  }
  return files;
}
