import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Disk } from "./disk.ts";
import type { Entry } from "./objects.ts";
import type { Move } from "./prepare.ts";

/**
 * What a run is about to do, in its folder beside the new and the old files: with it the next run can finish it, or take
 * it back. As long as it is not there, nothing has been done.
 */
export interface Journal {
  readonly version: 1;
  /** The index that stays, relative to the git folder. */
  readonly lastingIndex: string;
  /** It is the one that gets the fixes; false under `-a`, `-p` and PATH, where git throws away the one that does. */
  readonly isLasting: boolean;
  /** What the lasting index holds when all went well, by `hashIndex`. */
  readonly newIndex: string | undefined;
  /** With which the new indexes are put in place: relative to the git folder, and the file of the run that it is. */
  readonly locks: readonly { readonly lock: string; readonly file: string }[];
  /** What the index has of the fixed files when all is done. */
  readonly entries: readonly Entry[];
  readonly moves: readonly Move[];
}

const name = "journal";

/** From now on it counts; where it throws, there is none. */
export function writeJournal(disk: Disk, run: string, journal: Journal): void {
  const path = join(run, name);
  disk.remove(`${path}.new`);
  disk.write(`${path}.new`, Buffer.from(JSON.stringify(journal)), { mode: 0o600 });
  disk.flush([`${path}.new`]);
  disk.rename(`${path}.new`, path);
  try {
    disk.flush([run]);
  } catch (error) {
    disk.remove(path);
    throw error;
  }
}

export function hasJournal(run: string): boolean {
  return existsSync(join(run, name));
}

/** Undefined where there is none; `unreadable` for one that this `k` did not write. */
export function readJournal(run: string): Journal | "unreadable" | undefined {
  if (!hasJournal(run)) {
    return undefined;
  }
  try {
    const journal = JSON.parse(readFileSync(join(run, name), "utf8")) as Journal;
    return journal.version === 1 && Array.isArray(journal.moves) && Array.isArray(journal.entries)
      ? journal
      : "unreadable";
  } catch {
    return "unreadable";
  }
}

export function dropJournal(disk: Disk, run: string): void {
  disk.remove(join(run, name));
}

/** Keeps one that cannot be read out of the way of later runs, with all contents beside it. */
export function setAside(run: string): string {
  const to = run.replace(/run-([^/]*)$/, "broken-$1");
  renameSync(run, to);
  return to;
}
