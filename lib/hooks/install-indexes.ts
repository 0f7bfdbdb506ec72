import { errorCode } from "../host/file-problem.ts";
import type { Disk } from "./disk.ts";
import { type IndexSignature, isSameIndex, signIndex } from "./index-file.ts";

/** An index with the fixes in it, ready to take the place of the one that it was made from. */
export interface NewIndex {
  readonly target: string;
  /** Absolute; in the run's folder. */
  readonly file: string;
  /** What the target must still be. */
  readonly before: IndexSignature;
}

/** Between tries to get a lock, in milliseconds: as long as an editor's `git status` may take. */
const retries = [25, 50, 100, 200, 400];

/**
 * Puts new indexes in the place of the old ones by git's own protocol: who makes `<index>.lock` may, and renames it. All
 * of them or none. `changed` where one is no longer what the new one was made from, `locked` where another process
 * holds a lock and does not let go.
 */
export async function installIndexes(
  disk: Disk,
  indexes: readonly NewIndex[]
): Promise<"installed" | "changed" | "locked"> {
  const locked: string[] = [];
  try {
    for (const { target, file } of indexes) {
      if (!(await takeLock(disk, file, `${target}.lock`))) {
        return "locked";
      }
      locked.push(`${target}.lock`);
    }
    if (!indexes.every(({ target, before }) => isSameIndex(signIndex(target), before))) {
      return "changed";
    }
    for (const { target } of indexes) {
      disk.rename(`${target}.lock`, target);
      // From now on a lock of that name is another process's.
      locked.shift();
    }
    return "installed";
  } finally {
    for (const lock of locked) {
      disk.remove(lock);
    }
  }
}

/** The lock is the new index itself under a second name, so that it is whole from its first moment on. */
async function takeLock(disk: Disk, file: string, lock: string): Promise<boolean> {
  for (const wait of [...retries, undefined]) {
    try {
      linkOrCopy(disk, file, lock);
      return true;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") {
        throw error;
      }
      if (wait !== undefined) {
        await Bun.sleep(wait);
      }
    }
  }
  return false;
}

function linkOrCopy(disk: Disk, file: string, lock: string): void {
  try {
    disk.link(file, lock);
  } catch (error) {
    if (errorCode(error) === "EEXIST") {
      throw error;
    }
    copyWhole(disk, file, lock);
  }
}

/** For file systems without hard links, and an index on another one. */
function copyWhole(disk: Disk, file: string, lock: string): void {
  try {
    disk.copy(file, lock);
    disk.flush([lock]);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") {
      disk.remove(lock);
    }
    throw error;
  }
}
