import { join } from "node:path";
import type { FileMode } from "../core/file-list.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { fileProblem } from "../host/file-problem.ts";
import { type CarriedOut, carryOut } from "./carry-out.ts";
import { emptied, isEmptyCommit } from "./empty-commit.ts";
import type { NewIndex } from "./install-indexes.ts";
import type { Left } from "./keep-old.ts";
import { makeIndex, makeNextIndex } from "./new-index.ts";
import { type Entry, isSameEntry, stagedEntry, storeContents } from "./objects.ts";
import { prepareMoves } from "./prepare.ts";
import { type HeldIndex, holdCurrentIndex, indexChanged } from "./recheck.ts";
import type { RunState } from "./staged.ts";

/** What a fixer made of one staged file, as it would be in a working tree: git's filters go over it. */
export interface Fix {
  readonly bytes: Uint8Array;
  /** Where the fixer changed it. */
  readonly mode?: Exclude<FileMode, "symlink">;
}

export type Fixes = ReadonlyMap<string, Fix>;

export interface Applied {
  /** The commit and the working file have the fix. */
  readonly written: readonly string[];
  /** The commit has the fix; the working file is as it was, and why. */
  readonly indexOnly: readonly Left[];
  /** As `indexOnly`: the user changed the same lines, or the file is binary. */
  readonly conflicts: readonly string[];
  /** Neither has it. */
  readonly skipped: readonly { readonly path: string; readonly because: "not-staged" | "symlink" | "no-difference" }[];
  /** Where there are any, nothing at all has been changed. */
  readonly problems: readonly Problem[];
}

export interface FixOptions {
  /** Whether a commit may come out that changes nothing, as with `--amend` and `--allow-empty`; `stop` where not given. */
  readonly emptyCommit?: "stop" | "allow";
}

const nothing: Applied = { written: [], indexOnly: [], conflicts: [], skipped: [], problems: [] };

/**
 * Brings fixes of staged content into the commit and into the working files: the index at once and as a whole, then the
 * files one by one, each only if it is still what it was. A process that is killed on the way leaves all as it was, or
 * a journal by which the next run finishes. Once per run. Never rejects for what a user or the disk can cause.
 */
export async function applyFixes(
  { state }: { readonly state: RunState },
  fixes: Fixes,
  { emptyCommit = "stop" }: FixOptions = {}
): Promise<Applied> {
  const { chosen, skipped } = choose(state, fixes);
  if (chosen.size === 0) {
    return { ...nothing, skipped };
  }
  try {
    return await transact(state, chosen, skipped, emptyCommit);
  } catch (error) {
    if (error instanceof ProblemError) {
      return { ...nothing, skipped, problems: error.problems };
    }
    if (error instanceof Error && "code" in error) {
      return { ...nothing, skipped, problems: [fileProblem(state.run, "the fixes are not applied", error)] };
    }
    throw error;
  }
}

function choose(
  { read }: RunState,
  fixes: Fixes
): { readonly chosen: Map<string, Fix>; readonly skipped: Applied["skipped"] } {
  const chosen = new Map<string, Fix>();
  const skipped: Applied["skipped"][number][] = [];
  for (const [path, fix] of fixes) {
    const file = read.files.get(path);
    if (file === undefined) {
      skipped.push({ path, because: "not-staged" });
    } else if (file.mode === "symlink") {
      skipped.push({ path, because: "symlink" });
    } else {
      chosen.set(path, fix);
    }
  }
  return { chosen, skipped };
}

async function transact(
  state: RunState,
  chosen: Map<string, Fix>,
  given: Applied["skipped"],
  emptyCommit: "stop" | "allow"
): Promise<Applied> {
  const { place, run, read } = state;
  const { file } = await currentIndex(state);
  const folders = { index: file, folder: join(run, "fixed"), scratch: join(run, "scratch") };
  const blobs = await storeContents(place, read, chosen, folders);
  const entries = [...chosen].map(([path, fix]) => entryOf(state, path, fix, blobs.get(path)));
  const same = new Set(
    entries.filter((entry) => isSameEntry(entry, stagedEntry(read, entry.path))).map(({ path }) => path)
  );
  const skipped = [...given, ...[...same].map((path) => ({ path, because: "no-difference" }) as const)];
  for (const path of same) {
    chosen.delete(path);
  }
  const fixed = entries.filter(({ path }) => !same.has(path));
  if (fixed.length === 0) {
    return { ...nothing, skipped };
  }
  const { written, left } = await install(state, chosen, fixed, emptyCommit);
  return {
    ...nothing,
    written,
    indexOnly: left.filter(({ because }) => because !== "conflict"),
    conflicts: left.filter(({ because }) => because === "conflict").map(({ path }) => path),
    skipped,
  };
}

async function currentIndex(state: RunState): Promise<HeldIndex> {
  const current = await holdCurrentIndex(state);
  if (current === "changed") {
    throw new ProblemError(indexChanged);
  }
  return current;
}

/** An editor's `git status` may write the index anew just before it is replaced: with the same entries it is tried again. */
const mostTries = 4;

async function install(
  state: RunState,
  chosen: ReadonlyMap<string, Fix>,
  fixed: readonly Entry[],
  emptyCommit: "stop" | "allow"
): Promise<CarriedOut> {
  let indexes = await makeIndexes(state, fixed, 0);
  const isStopped = emptyCommit === "stop" && (await isEmptyCommit(state, fixed, indexes[0].file));
  if (isStopped) {
    throw new ProblemError(emptied);
  }
  const prepared = await prepareMoves(state, chosen);
  for (let attempt = 1; attempt < mostTries; attempt += 1) {
    const result = await carryOut(state, indexes, fixed, prepared);
    if (result !== "changed") {
      return result;
    }
    indexes = await makeIndexes(state, fixed, attempt);
  }
  throw new ProblemError(indexChanged);
}

function entryOf({ read }: RunState, path: string, { mode }: Fix, blob: string | undefined): Entry {
  return stagedEntry(read, path, { ...(mode === undefined ? {} : { mode }), ...(blob === undefined ? {} : { blob }) });
}

async function makeIndexes(
  state: RunState,
  fixed: readonly Entry[],
  attempt: number
): Promise<readonly [NewIndex, ...NewIndex[]]> {
  const { place, run, read } = state;
  const current = await currentIndex(state);
  const file = join(run, `index-${attempt}`);
  await makeIndex(place, read, current.file, file, fixed);
  const staged = fixed.map(({ path }) => stagedEntry(read, path));
  const next = await makeNextIndex(place, read, join(run, `next-${attempt}`), staged, fixed);
  return [{ target: place.index, file, before: current.signature }, ...(next === undefined ? [] : [next])];
}
