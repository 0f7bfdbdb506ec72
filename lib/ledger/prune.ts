import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { readRun, runNames } from "./read-runs.ts";

export interface Limits {
  readonly runs: number;
  readonly days: number;
  /** In bytes. */
  readonly size: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Removes the oldest runs of a project beyond the limits; the newest stays, and so does one that still goes on. `wrote` is the size of
 * the run that just ended. The sizes of all are looked at only after one that took more than its share; then so much goes that the
 * small ones to come have their room too.
 */
export function prune(folder: string, limits: Limits, { now, wrote }: { now: Date; wrote: number }): void {
  const names = runNames(folder);
  const oldest = nameAt(new Date(now.getTime() - limits.days * dayMs));
  const gone = new Set(names.filter((name, index) => index > 0 && (index >= limits.runs || name < oldest)));
  if (wrote > limits.size / (2 * limits.runs)) {
    let sum = 0;
    for (const [index, name] of names.entries()) {
      sum += sizeOf(join(folder, name));
      if (index > 0 && sum > limits.size / 2) {
        gone.add(name);
      }
    }
  }
  for (const name of gone) {
    removeRun(folder, name);
  }
}

function nameAt(at: Date): string {
  const digits = at.toISOString().replaceAll(/\D/g, "");
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
}

/** Another `k` may be at the same: what is gone is gone. */
function removeRun(folder: string, name: string): void {
  try {
    if (readRun(folder, name)?.state !== "running") {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  } catch {
    // It stays, and the next run tries again.
  }
}

function sizeOf(run: string): number {
  try {
    return readdirSync(run).reduce((sum, name) => sum + statSync(join(run, name)).size, 0);
  } catch {
    return 0;
  }
}
