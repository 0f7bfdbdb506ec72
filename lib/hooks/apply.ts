import { join } from "node:path";
import type { Disk } from "./disk.ts";
import { type Left, whyOf } from "./keep-old.ts";
import { under } from "./path-text.ts";
import type { Move } from "./prepare.ts";
import { isSameFile, isUntouched, type Mark, markOf } from "./working-file.ts";

export interface Where {
  /** The top of the working tree, absolute. */
  readonly top: string;
  /** The run's folder, absolute. */
  readonly run: string;
}

/** Puts the new file in the place of the old one if that is still what it was; otherwise the user's save wins. */
export function moveIn(disk: Disk, where: Where, move: Move, same: typeof isSameFile = isUntouched): "written" | Left {
  const { path } = move;
  try {
    const target = under(where.top, path);
    if (!same(markOf(target), move.old)) {
      return { path, because: "changed-meanwhile" };
    }
    return replace(disk, freshOf(where, move), target, move.old) ? "written" : { path, because: "changed-meanwhile" };
  } catch (error) {
    return { path, because: "failed", ...whyOf(path, error) };
  }
}

export function freshOf({ top, run }: Where, { fresh }: Move): string | Buffer {
  return fresh.beside ? under(top, fresh.name) : join(run, fresh.name);
}

/** Where the two can change places, a save that came in the last moment is seen and gets its place back. */
export function replace(disk: Disk, fresh: string | Buffer, target: string | Buffer, expected: Mark): boolean {
  if (!disk.exchange(fresh, target)) {
    disk.rename(fresh, target);
    return true;
  }
  if (isSameFile(markOf(fresh), expected)) {
    return true;
  }
  disk.exchange(fresh, target);
  return false;
}
