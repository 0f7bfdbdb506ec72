import type { FileMode } from "../core/file-list.ts";
import { type GitOptions, readGit } from "./git.ts";
import { decodeNul } from "./path-bytes.ts";

/** What `git ls-files -z -v --stage --cached --others` prints of one path. */
export interface IndexRow {
  readonly path: string;
  /** `undefined` for an untracked file. */
  readonly mode?: FileMode;
  readonly blob?: string;
  readonly unmerged: boolean;
  /** `skip-worktree`: a sparse checkout leaves it out, or the user hides own changes in it. */
  readonly skipped: boolean;
  /** `assume-unchanged`: git does not look whether it is. */
  readonly assumed: boolean;
}

const modes: Readonly<Record<string, FileMode>> = { "100644": "file", "100755": "executable", "120000": "symlink" };

/**
 * One row per path: those in conflict have up to three. Submodules (160000), sparse folders and other people's
 * repositories (a slash at the end) are left out. Names that are not UTF-8 go to `odd`.
 */
export function parseLsFiles(bytes: Uint8Array, odd: (path: string) => void): readonly IndexRow[] {
  const rows: IndexRow[] = [];
  let last = "";
  const oddRow = (row: string): void => odd(row.startsWith("? ") ? row.slice(2) : row.slice(row.indexOf("\t") + 1));
  for (const row of decodeNul(bytes, oddRow)) {
    if (row === "") {
      continue;
    }
    const parsed = row.startsWith("? ") ? untracked(row) : tracked(row);
    if (parsed === undefined || (parsed.unmerged && parsed.path === last)) {
      continue;
    }
    last = parsed.path;
    rows.push(parsed);
  }
  return rows;
}

function untracked(row: string): IndexRow | undefined {
  return row.endsWith("/") ? undefined : { path: row.slice(2), unmerged: false, skipped: false, assumed: false };
}

/** `H 100644 <object id> 0<tab>path`; the tag is lower case where `assume-unchanged` is set. */
function tracked(row: string): IndexRow | undefined {
  const tab = row.indexOf("\t");
  const tag = row[0] ?? "";
  const mode = modes[row.slice(2, 8)];
  if (mode === undefined) {
    return undefined;
  }
  return {
    path: row.slice(tab + 1),
    mode,
    blob: row.slice(9, tab - 2),
    unmerged: row[tab - 1] !== "0",
    skipped: tag === "S" || tag === "s",
    assumed: tag >= "a",
  };
}

/** What the index holds below an absolute folder; rejects with a `ProblemError`. Paths that are not UTF-8 are left out. */
export async function listIndex(root: string, git: GitOptions): Promise<readonly IndexRow[]> {
  const bytes = await readGit(["ls-files", "-z", "-v", "--stage", "--cached"], { ...git, cwd: root });
  return parseLsFiles(bytes, () => {});
}
