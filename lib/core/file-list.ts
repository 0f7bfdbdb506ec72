import type { Problem } from "./problem.ts";

export type FileMode = "file" | "executable" | "symlink";

/** A file that a listing found; nothing of it has been read. */
export interface ListedFile {
  /** Relative to the project root, with `/` between its parts. */
  readonly path: string;
  readonly tracked: boolean;
  /** As the index has it; `undefined` where only the disk can tell. */
  readonly mode?: FileMode;
  /** The id of its blob in the index, where git knows the working file to be the same (but for its line ending and other filters). */
  readonly blob?: string;
  /** The user named this very file. */
  readonly explicit?: true;
}

/** A path that was left out, and why; `path` is for showing only where its bytes are not UTF-8. */
export interface OddPath {
  readonly path: string;
  readonly reason: string;
}

/**
 * What a listing found, in the order of `compareText`. `problems` are those that left the rest of it good: a folder that
 * cannot be read, a path that is not there. `odd` was left out on purpose and deserves a word to the user.
 */
export interface FileList {
  readonly source: "git" | "walk";
  readonly files: readonly ListedFile[];
  /** Those of `files` that a merge left in conflict. */
  readonly unmerged: readonly string[];
  readonly odd: readonly OddPath[];
  readonly problems: readonly Problem[];
}

/** What `.gitattributes` says of a file, as far as `k` acts on it. */
export interface FileAttributes {
  readonly binary: boolean;
  /** `linguist-generated` or `linguist-vendored`. */
  readonly generated: boolean;
  /** The content is in Git LFS, so that the repository does not grow with the file. */
  readonly lfs: boolean;
  /** The line ending that it must have; `any` where git is told to leave line endings alone. */
  readonly eol?: "lf" | "crlf" | "any";
}
