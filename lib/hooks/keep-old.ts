import { accessSync, constants, lstatSync } from "node:fs";
import { join } from "node:path";
import { fileProblem } from "../host/file-problem.ts";
import type { Disk } from "./disk.ts";
import { folderOf, under } from "./path-text.ts";
import type { StagedFile } from "./read-index.ts";
import { isSameFile, isUntouched, lookAt, type Mark, markOf } from "./working-file.ts";

/** Why a working file stays as it is although the commit has the fix. */
export type LeftBecause = "gone" | "retyped" | "changed-meanwhile" | "read-only" | "conflict" | "failed";

export interface Left {
  readonly path: string;
  readonly because: LeftBecause;
  readonly detail?: string;
}

/** A working file as it was before its fix. */
export interface Kept {
  readonly path: string;
  readonly at: number;
  readonly file: StagedFile;
  readonly old: Mark;
  /** The old file under a second name, absolute; a copy of it where that cannot be. */
  readonly kept: string;
  /** It is not on the file system of the repository. */
  readonly elsewhere: boolean;
  /** It holds what is staged, and what the fix was made from. */
  readonly asStaged: boolean;
}

/** Keeps a working file in the run's folder, or says why it must not be replaced. */
export function keepOld(disk: Disk, top: string, run: string, file: StagedFile, at: number): Kept | Left {
  const { path } = file;
  const target = under(top, path);
  const before = lookAt(target);
  if (file.mark === undefined || typeof before === "string") {
    return { path, because: file.working === "retyped" || before === "other" ? "retyped" : "gone" };
  }
  if (!isPlainFolder(top, folderOf(path))) {
    return { path, because: "gone" };
  }
  if (!isSameFile(before, file.mark)) {
    return { path, because: "changed-meanwhile" };
  }
  // A rename would get round a mode without write permission, which someone set on purpose.
  if ((before.mode & 0o222) === 0 || !isWritable(under(top, folderOf(path)))) {
    return { path, because: "read-only" };
  }
  const kept = join(run, `old-${at}`);
  try {
    const elsewhere = !linkOrCopy(disk, target, kept, before);
    // A second name changes the time of change.
    const old = elsewhere ? markOf(target) : markOf(kept);
    if (old === undefined || !isSameFile(old, before)) {
      return { path, because: "changed-meanwhile" };
    }
    return {
      path,
      at,
      file,
      old,
      kept,
      elsewhere,
      asStaged: file.working === "same" && isUntouched(file.mark, before),
    };
  } catch (error) {
    return { path, because: "failed", ...whyOf(path, error) };
  }
}

export function whyOf(path: string, error: unknown): { readonly detail?: string } {
  const problem = fileProblem(path, "not replaced", error);
  return problem.kind === "file" ? { detail: problem.why } : {};
}

function isWritable(folder: string | Buffer): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** False where a link stands in the way: what is behind it is another file, whatever its name. */
function isPlainFolder(top: string, folder: string): boolean {
  if (folder === ".") {
    return true;
  }
  const stats = lstatSync(under(top, folder), { throwIfNoEntry: false });
  return stats?.isDirectory() === true && isPlainFolder(top, folderOf(folder));
}

/** True where it could be linked: then a rename gets from there to here too. */
function linkOrCopy(disk: Disk, target: string | Buffer, kept: string, { mtimeMs }: Mark): boolean {
  try {
    disk.link(target, kept);
    return true;
  } catch {
    disk.copy(target, kept);
    disk.setTime(kept, mtimeMs);
    return false;
  }
}
