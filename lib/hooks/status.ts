import type { FileMode } from "../core/file-list.ts";
import { decodeNul, gitPath, splitNul } from "../git/path-bytes.ts";
import { pathText } from "./path-text.ts";

/** What `git status` says of the index; paths are relative to the top of the working tree, as `pathText` gives them. */
export interface IndexState {
  /** The commit that this one comes on top of (or replaces, under `--amend`); undefined where there is none yet. */
  readonly head: string | undefined;
  /** Undefined where HEAD is detached. */
  readonly branch: string | undefined;
  readonly staged: readonly StagedRow[];
  readonly deleted: readonly string[];
  readonly unmerged: readonly string[];
  /** `git add -N`: in the index by name only. */
  readonly intentToAdd: readonly string[];
  /** Tracked files that differ from the index and of which nothing is staged. */
  readonly unstaged: readonly string[];
}

export interface StagedRow {
  readonly path: string;
  readonly status: "added" | "modified" | "type-changed";
  /** In the index. */
  readonly mode: FileMode;
  /** The id of the staged blob. */
  readonly blob: string;
  readonly working: Working;
}

/** The working copy beside what is staged; `retyped` is a link or a folder now. */
export type Working = "same" | "changed" | "gone" | "retyped";

const modes: Readonly<Record<string, FileMode>> = { "100644": "file", "100755": "executable", "120000": "symlink" };
const workings: Readonly<Record<string, Working>> = { ".": "same", M: "changed", D: "gone", T: "retyped" };

type Lists = { -readonly [K in keyof IndexState]: IndexState[K] extends readonly (infer T)[] ? T[] : IndexState[K] };

/**
 * Reads what `git` prints for `statusArguments`; throws where it is something else. It decodes all rows in one go and
 * cuts them by position: with a thousand staged files that is a fifth of the time of `parsePorcelainV2`.
 */
export function parseStatus(bytes: Uint8Array): IndexState {
  const lists: Lists = {
    head: undefined,
    branch: undefined,
    staged: [],
    deleted: [],
    unmerged: [],
    intentToAdd: [],
    unstaged: [],
  };
  for (const row of rowsOf(bytes)) {
    if (row.startsWith("1 ")) {
      sort(row, lists);
    } else if (row.startsWith("u ")) {
      lists.unmerged.push(afterSpaces(row, 10));
    } else if (row.startsWith("# branch.oid ")) {
      lists.head = unless(row.slice("# branch.oid ".length), "(initial)");
    } else if (row.startsWith("# branch.head ")) {
      lists.branch = unless(row.slice("# branch.head ".length), "(detached)");
    } else if (!row.startsWith("# ")) {
      throw new Error(`git status printed a row that begins with ${JSON.stringify(row.slice(0, 2))}`);
    }
  }
  return lists;
}

function rowsOf(bytes: Uint8Array): readonly string[] {
  let isOdd = false;
  const rows = decodeNul(bytes, () => {
    isOdd = true;
  });
  return isOdd ? splitNul(bytes).map((row) => pathText(gitPath(row))) : rows;
}

function unless(value: string, nothing: string): string | undefined {
  return value === nothing ? undefined : value;
}

/** `1 XY sub mH mI mW hH hI path`: all but the two ids have a fixed length, and those have the same. */
const idAt = 31;

function sort(row: string, lists: Lists): void {
  const idLength = row.indexOf(" ", idAt) - idAt;
  const blobAt = idAt + idLength + 1;
  const path = row.slice(blobAt + idLength + 1);
  const [index, worktree, sub] = [row[2] ?? "", row[3] ?? "", row[5]];
  const mode = modes[row.slice(17, 23)];
  if (worktree === "A") {
    lists.intentToAdd.push(path);
  } else if (index === "D") {
    lists.deleted.push(path);
  } else if (sub === "S" || mode === undefined) {
    return;
  } else if (index === ".") {
    lists.unstaged.push(path);
  } else {
    const status = index === "A" ? "added" : index === "T" ? "type-changed" : "modified";
    lists.staged.push({
      path,
      status,
      mode,
      blob: row.slice(blobAt, blobAt + idLength),
      working: workings[worktree] ?? "changed",
    });
  }
}

/** The path behind so many fields, spaces and all. */
function afterSpaces(row: string, fields: number): string {
  let at = -1;
  for (let field = 0; field < fields; field += 1) {
    at = row.indexOf(" ", at + 1);
  }
  return row.slice(at + 1);
}
