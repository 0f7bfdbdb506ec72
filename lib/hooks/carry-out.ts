import { basename, join, relative } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import { freshOf, moveIn } from "./apply.ts";
import { hashIndex } from "./index-file.ts";
import { installIndexes, type NewIndex } from "./install-indexes.ts";
import { dropJournal, writeJournal } from "./journal.ts";
import type { Left } from "./keep-old.ts";
import type { Entry } from "./objects.ts";
import { isTemporary } from "./place.ts";
import type { Prepared } from "./prepare.ts";
import type { RunState } from "./staged.ts";

/** What became of the working files. */
export interface CarriedOut {
  readonly written: readonly string[];
  readonly left: readonly Left[];
}

/**
 * The only part in which something changes that others see: the index at once, then one file after the other. `changed`
 * where the index is no longer what the new one was made from. Then nothing has happened, nor where it rejects, with a
 * `ProblemError` or a system error.
 */
export async function carryOut(
  state: RunState,
  indexes: readonly NewIndex[],
  entries: readonly Entry[],
  { moves, done, left }: Prepared
): Promise<CarriedOut | "changed"> {
  const { place, run, disk } = state;
  flushAll(state, indexes, moves);
  if (place.signal?.aborted === true) {
    throw new ProblemError(interrupted);
  }
  announce(state, indexes, entries, moves);
  if (!(await isInstalled(state, indexes))) {
    return "changed";
  }
  const moved = moves.map((move) => ({ path: move.path, result: moveIn(disk, { top: place.top, run }, move) }));
  forget(state);
  const written = moved.filter(({ result }) => result === "written").map(({ path }) => path);
  return {
    written: [...done, ...written].toSorted(),
    left: [...left, ...moved.map(({ result }) => result).filter((result) => result !== "written")],
  };
}

/** All is done. Where the journal cannot be removed, the next run finds that out and removes it. */
function forget({ disk, run }: RunState): void {
  try {
    dropJournal(disk, run);
  } catch {
    // What there was to tell is told by whatever else fails on this disk.
  }
}

/** What the journal will speak of is safe before it speaks. */
function flushAll({ place, run, disk }: RunState, indexes: readonly NewIndex[], moves: Prepared["moves"]): void {
  const where = { top: place.top, run };
  const beside = moves.filter(({ fresh }) => fresh.beside);
  const own = moves.filter(({ fresh }) => !fresh.beside);
  // The old file is a copy only where the new one is beside it.
  const copies = beside.map(({ kept }) => join(run, kept));
  disk.flush([...indexes.map(({ file }) => file), ...own.map((move) => freshOf(where, move)), ...copies]);
  disk.flush(beside.map((move) => freshOf(where, move)));
}

function announce(
  { place, run, disk }: RunState,
  indexes: readonly NewIndex[],
  entries: readonly Entry[],
  moves: Prepared["moves"]
): void {
  const locks = indexes.map(({ target, file }) => ({
    lock: relative(place.gitDir, `${target}.lock`),
    file: basename(file),
  }));
  writeJournal(disk, run, {
    version: 1,
    lastingIndex: relative(place.gitDir, place.lastingIndex),
    isLasting: !isTemporary(place),
    newIndex: hashIndex(indexes.at(-1)?.file ?? ""),
    locks,
    entries,
    moves,
  });
}

/** Where it is not, the journal is void. */
async function isInstalled({ place, run, disk }: RunState, indexes: readonly NewIndex[]): Promise<boolean> {
  let installed: "installed" | "changed" | "locked" | "failed" = "failed";
  try {
    installed = await installIndexes(disk, indexes);
  } finally {
    if (installed !== "installed") {
      dropJournal(disk, run);
    }
  }
  if (installed === "locked") {
    throw new ProblemError(locked(place.index));
  }
  return installed === "installed";
}

const interrupted: Problem = {
  kind: "commit-stopped",
  why: "it was interrupted before its fixes were written",
  hint: "commit again",
};

function locked(index: string): Problem {
  return {
    kind: "commit-stopped",
    why: `another process holds ${index}.lock`,
    hint: "wait for it; if no git is running, remove that file, and commit again",
  };
}
