import { type GitPath, gitPath, splitNul } from "./path-bytes.ts";

/** One entry of `git status --porcelain=v2 -z` (git-status(1), "Porcelain Format Version 2"). */
export type StatusEntry =
  | {
      readonly type: "changed";
      readonly path: GitPath;
      /** What the commit will change: `.`, `A`, `M`, `D`, `T`, and `R` or `C` where renames were asked for. */
      readonly index: string;
      /** What the working copy differs in from the index: `.`, `M`, `D`, `T`; `A` for intent-to-add. */
      readonly worktree: string;
      /** Octal, as the index has it; `000000` where the index has nothing. */
      readonly mode: string;
      readonly submodule: boolean;
      /** The object id in the index; zeros where it has none. */
      readonly blob: string;
    }
  | { readonly type: "unmerged"; readonly path: GitPath }
  | { readonly type: "untracked"; readonly path: GitPath };

/** Throws where the bytes are not what git prints. */
export function parsePorcelainV2(bytes: Uint8Array): readonly StatusEntry[] {
  const entries: StatusEntry[] = [];
  const rows = splitNul(bytes);
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? new Uint8Array();
    switch (String.fromCharCode(row[0] ?? 0)) {
      case "1":
        entries.push(changed(row, 8));
        break;
      case "2":
        entries.push(changed(row, 9));
        index += 1; // The old path stands in a row of its own.
        break;
      case "u":
        entries.push({ type: "unmerged", path: fields(row, 10).path });
        break;
      case "?":
        entries.push({ type: "untracked", path: gitPath(row.subarray(2)) });
        break;
      case "#":
      case "!":
        break;
      default:
        throw new Error(`git status printed a row that begins with byte ${row[0] ?? "none"}`);
    }
  }
  return entries;
}

function changed(row: Uint8Array, pathField: number): StatusEntry {
  const { words, path } = fields(row, pathField);
  const [, xy = "..", sub = "N...", , mode = "000000", , , blob = ""] = words;
  return {
    type: "changed",
    path,
    index: xy[0] ?? ".",
    worktree: xy[1] ?? ".",
    mode,
    submodule: sub.startsWith("S"),
    blob,
  };
}

/** The first fields are ASCII words between single spaces; all behind them is the path, spaces and all. */
function fields(row: Uint8Array, count: number): { readonly words: readonly string[]; readonly path: GitPath } {
  let end = -1;
  for (let field = 0; field < count; field += 1) {
    end = row.indexOf(32, end + 1);
    if (end === -1) {
      throw new Error("git status printed a row with too few fields");
    }
  }
  return {
    words: new TextDecoder("latin1").decode(row.subarray(0, end)).split(" "),
    path: gitPath(row.subarray(end + 1)),
  };
}
