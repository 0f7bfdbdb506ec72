import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { GitOptions } from "../git/git.ts";
import { freshOf, moveIn, replace, type Where } from "./apply.ts";
import { type Disk, realDisk } from "./disk.ts";
import { hashIndex } from "./index-file.ts";
import { dropJournal, type Journal, readJournal, setAside } from "./journal.ts";
import { isSameEntry, listEntries } from "./objects.ts";
import { under } from "./path-text.ts";
import { findPlace, isTemporary, type Place } from "./place.ts";
import type { Move } from "./prepare.ts";
import { removeRun } from "./run-end.ts";
import { enterRun, hasLeftovers } from "./run-folder.ts";
import { isSameFile, markOf } from "./working-file.ts";

/**
 * Finishes or takes back what killed runs left in this worktree, and says so in one line; undefined where there was
 * nothing to do. Any command of `k` may call it: without leftovers it costs one look at a folder, and a run that is at
 * work is left alone. Rejects with a `ProblemError`.
 */
export async function recover({
  root,
  env,
  waitMs = 10_000,
  disk = realDisk,
}: GitOptions & { readonly root: string; readonly waitMs?: number; readonly disk?: Disk }): Promise<
  string | undefined
> {
  const place = await findPlace(root, { env });
  if (!hasLeftovers(place.folder)) {
    return undefined;
  }
  const { path, leftovers } = await enterRun(place.folder, { waitMs });
  try {
    return await recoverRuns(place, leftovers, disk);
  } finally {
    removeRun(place.top, path);
  }
}

/** For who holds the worktree's turn. */
export async function recoverRuns(place: Place, leftovers: readonly string[], disk: Disk): Promise<string | undefined> {
  const said: string[] = [];
  for (const run of leftovers) {
    const journal = readJournal(run);
    if (journal === "unreadable") {
      said.push(`an earlier run was killed, and its journal cannot be read: what it kept is in ${setAside(run)}`);
      continue;
    }
    if (journal !== undefined) {
      const line = await replay(place, run, journal, disk);
      if (line !== undefined) {
        said.push(line);
      }
      dropJournal(disk, run);
    }
    removeRun(place.top, run, disk);
  }
  return said.length === 0 ? undefined : said.join("; ");
}

async function replay(place: Place, run: string, journal: Journal, disk: Disk): Promise<string | undefined> {
  removeOwnLocks(place, run, journal, disk);
  const where = { top: place.top, run };
  const fixed = await pathsWithFix(place, journal);
  // An index that stays got its fixes before the first file: where it has none of them, no file was touched, or the
  // user went on since and decides. One that git threw away leaves files that belong to no index.
  const [forward, others] = [
    journal.moves.filter(({ path }) => fixed.has(path)),
    journal.moves.filter(({ path }) => !fixed.has(path)),
  ];
  const finished = forward.filter((move) => finish(disk, where, move)).length;
  const undone = journal.isLasting ? 0 : others.filter((move) => takeBack(disk, where, move)).length;
  if (undone > 0) {
    return `an earlier run was killed while it wrote its fixes: taken back in ${count(undone)}`;
  }
  return finished > 0
    ? `an earlier run was killed while it wrote its fixes: finished in ${count(finished)}`
    : undefined;
}

function count(files: number): string {
  return files === 1 ? "1 file" : `${files} files`;
}

/** Of the fixed paths, those of which the index has the fix. */
async function pathsWithFix(
  place: Place,
  { lastingIndex, isLasting, newIndex, entries }: Journal
): Promise<ReadonlySet<string>> {
  const paths = entries.map(({ path }) => path);
  // `git commit -a` has just read the working files, half fixed as they may be: what it made of them is left as it is.
  const index = isTemporary(place) ? place.index : join(place.gitDir, lastingIndex);
  if (newIndex !== undefined && hashIndex(index) === newIndex) {
    return new Set(paths);
  }
  if (!isLasting && !isTemporary(place)) {
    return new Set();
  }
  const there = new Map((await listEntries(place, index, paths)).map((entry) => [entry.path, entry]));
  return new Set(entries.filter((entry) => isSameEntry(entry, there.get(entry.path))).map(({ path }) => path));
}

/** A lock of git that is the very file of this run: git would wait for it for ever. */
function removeOwnLocks(place: Place, run: string, journal: Journal, disk: Disk): void {
  for (const { lock, file } of journal.locks) {
    const [at, own] = [join(place.gitDir, lock), join(run, file)];
    if (inode(at) !== undefined && (inode(at) === inode(own) || hashIndex(at) === hashIndex(own))) {
      disk.remove(at);
    }
  }
}

function inode(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.ino;
}

/** True where something had to be done. */
function finish(disk: Disk, where: Where, move: Move): boolean {
  if (giveBack(disk, where, move)) {
    return true;
  }
  return isSameFile(markOf(freshOf(where, move)), move.new) && moveIn(disk, where, move, isSameFile) === "written";
}

/** Puts the old file back, by its own inode where it was kept as a link, if nobody changed the new one since. */
function takeBack(disk: Disk, where: Where, move: Move): boolean {
  if (giveBack(disk, where, move)) {
    return true;
  }
  const target = under(where.top, move.path);
  if (!isSameFile(markOf(target), move.new)) {
    return false;
  }
  const fresh = freshOf(where, move);
  const kept = join(where.run, move.kept);
  if (isSameFile(markOf(fresh), move.old)) {
    return replace(disk, fresh, target, move.new);
  }
  if (!move.fresh.beside) {
    return replace(disk, kept, target, move.new);
  }
  disk.remove(fresh);
  disk.copy(kept, fresh);
  disk.setTime(fresh, move.old.mtimeMs);
  disk.flush([fresh]);
  return replace(disk, fresh, target, move.new);
}

/** Someone saved the file in the moment of the change of places, and the run was killed before it could change them back. */
function giveBack(disk: Disk, where: Where, move: Move): boolean {
  const target = under(where.top, move.path);
  const fresh = freshOf(where, move);
  const there = markOf(fresh);
  if (there === undefined || isSameFile(there, move.old) || isSameFile(there, move.new)) {
    return false;
  }
  return isSameFile(markOf(target), move.new) && disk.exchange(fresh, target);
}
