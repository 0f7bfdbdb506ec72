import { statSync } from "node:fs";

/** Size and times of a file or folder: while they stay, so does what is in it. Undefined where there is none. */
export function statLine(path: string): string | undefined {
  const stats = statOf(path);
  return stats === undefined ? undefined : `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`;
}

function statOf(path: string): { size: number; mtimeMs: number; ctimeMs: number } | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Coarse clocks of file systems, in milliseconds: within one step of one, a file may change and keep its times. */
const fineStep = 50;
const coarseStep = 2000;

/** Whether the times of a file are old enough that a later change would give it others. */
export function isSettled(line: string, now: number): boolean {
  const [, mtime = 0, ctime = 0] = line.split(" ").map(Number);
  const newest = Math.max(mtime, ctime);
  const isCoarse = Number.isInteger(mtime / 1000) && Number.isInteger(ctime / 1000);
  return newest <= now && now - newest > (isCoarse ? coarseStep : fineStep);
}
