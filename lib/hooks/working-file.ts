import { lstatSync, type PathLike, type Stats } from "node:fs";
import { errorCode } from "../host/file-problem.ts";

/** By what a regular file is known again without a look at its content. */
export interface Mark {
  readonly size: number;
  readonly mtimeMs: number;
  /** Every change moves it, and no program can set it back. */
  readonly ctimeMs: number;
  readonly ino: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** The file itself; `gone` where nothing is there, `other` for a link, a folder, a special file, and what may not be seen. */
export function lookAt(path: PathLike): Mark | "gone" | "other" {
  let stats: Stats | undefined;
  try {
    stats = lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const code = errorCode(error);
    return code === "ENOENT" || code === "ENOTDIR" ? "gone" : "other";
  }
  if (stats === undefined) {
    return "gone";
  }
  if (!stats.isFile()) {
    return "other";
  }
  const { size, mtimeMs, ctimeMs, ino, mode, uid, gid } = stats;
  return { size, mtimeMs, ctimeMs, ino, mode, uid, gid };
}

/** As `lookAt`; undefined for all that is no regular file. */
export function markOf(path: PathLike): Mark | undefined {
  const seen = lookAt(path);
  return typeof seen === "string" ? undefined : seen;
}

/** The same file with the same content; a change of its mode, name or number of links does not count. */
export function isSameFile(a: Mark | undefined, b: Mark | undefined): boolean {
  return a !== undefined && b !== undefined && a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs;
}

/** Nobody did anything to it, not even what leaves its time of change as it was. */
export function isUntouched(a: Mark | undefined, b: Mark | undefined): boolean {
  return isSameFile(a, b) && a?.ctimeMs === b?.ctimeMs;
}
