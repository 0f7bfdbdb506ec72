import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { errorCode, fileProblem } from "../host/file-problem.ts";
import type { Fix } from "./fix.ts";
import { type Kept, keepOld, type Left, whyOf } from "./keep-old.ts";
import { withLineEndsOf } from "./line-ends.ts";
import { mapSome, mergeFix } from "./merge.ts";
import { folderOf, under } from "./path-text.ts";
import type { StagedFile } from "./read-index.ts";
import { besideList, besidePrefix } from "./run-end.ts";
import { checkOut } from "./snapshot.ts";
import type { RunState } from "./staged.ts";
import { type Mark, markOf } from "./working-file.ts";

/** A working file that is about to be replaced. */
export interface Move {
  readonly path: string;
  /** What it must still be. */
  readonly old: Mark;
  readonly new: Mark;
  /** The new file: a name in the run's folder, or, for another file system, a path from the top. */
  readonly fresh: { readonly name: string; readonly beside: boolean };
  /** The name of what it was, in the run's folder. */
  readonly kept: string;
}

export interface Prepared {
  readonly moves: readonly Move[];
  /** Their working files have the fix already. */
  readonly done: readonly string[];
  readonly left: readonly Left[];
}

/**
 * Makes the new content of working files next to what they are now: nothing that the user sees
 * changes. A file that holds what is staged gets the fix; one that holds something else gets it by a three-way merge.
 * Rejects with a `ProblemError`, for one where the disk is full.
 */
export async function prepareMoves(state: RunState, fixes: ReadonlyMap<string, Fix>): Promise<Prepared> {
  const { place, read, run, disk } = state;
  const all = [...fixes].map(([path], at) => keepOld(disk, place.top, run, read.files.get(path) as StagedFile, at));
  const kept = all.filter((one) => "kept" in one);
  noteBeside(
    state,
    kept.filter(({ elsewhere }) => elsewhere)
  );
  const merges = kept.filter(({ asStaged }) => !asStaged).map(({ path }) => path);
  await checkOut(place, read, merges, join(run, "base"));
  const made = await mapSome(kept, (one) => makeNew(state, one, fixes.get(one.path) as Fix));
  const left = [...all, ...made].filter((one): one is Left => typeof one === "object" && "because" in one);
  return {
    moves: made.filter((one) => typeof one === "object" && "fresh" in one),
    done: made.filter((one) => typeof one === "string"),
    left,
  };
}

/** Before they are made, so that the next run finds what a killed one left. */
function noteBeside({ run, disk }: RunState, elsewhere: readonly Kept[]): void {
  if (elsewhere.length === 0) {
    return;
  }
  const paths = elsewhere.map((kept) => besideName(run, kept));
  disk.write(join(run, besideList), Buffer.from(JSON.stringify(paths)), { mode: 0o600 });
  disk.flush([join(run, besideList), run]);
}

function besideName(run: string, { path, at }: Kept): string {
  return `${folderOf(path)}/${besidePrefix}${basename(run).slice(-12)}-${at}`;
}

async function makeNew(state: RunState, kept: Kept, fix: Fix): Promise<Move | Left | string> {
  const { path, at, old, elsewhere } = kept;
  const { place, run, disk } = state;
  const content = kept.asStaged ? { bytes: fix.bytes, isNew: true } : await merged(state, kept, fix);
  if (content === "conflict") {
    return { path, because: "conflict" };
  }
  const mode = modeOf(kept, fix);
  if (!content.isNew && mode === old.mode) {
    return path;
  }
  const name = elsewhere ? besideName(run, kept) : `new-${at}`;
  const fresh = elsewhere ? under(place.top, name) : join(run, name);
  try {
    disk.write(fresh, content.bytes, { ...old, mode });
    return {
      path,
      old,
      new: markOf(fresh) as Mark,
      fresh: { name, beside: elsewhere },
      kept: basename(kept.kept),
    };
  } catch (error) {
    // Such as an owner that this user cannot give to a file.
    if (errorCode(error) === "EPERM") {
      return { path, because: "failed", ...whyOf(path, error) };
    }
    throw new ProblemError(fileProblem(path, "its fix is not written", error));
  }
}

/** Nothing new where the user made the same change already. */
async function merged(
  { place, run }: RunState,
  { path, at, kept }: Kept,
  fix: Fix
): Promise<{ readonly bytes: Uint8Array; readonly isNew: boolean } | "conflict"> {
  const ours = readFileSync(kept);
  const [base, theirs] = withLineEndsOf(ours, readFileSync(under(join(run, "base"), path)), fix.bytes);
  if (ours.equals(theirs)) {
    return { bytes: ours, isNew: false };
  }
  if (ours.equals(base)) {
    return { bytes: theirs, isNew: true };
  }
  const names = { ours: kept, base: join(run, `base-${at}`), theirs: join(run, `theirs-${at}`) };
  writeFileSync(names.base, base);
  writeFileSync(names.theirs, theirs);
  const bytes = await mergeFix(place, names);
  return bytes === "conflict" ? bytes : { bytes, isNew: !ours.equals(bytes) };
}

/** A mode that the user changed stays as it is. */
function modeOf({ old, file }: Kept, { mode }: Fix): number {
  const isExecutable = (old.mode & 0o100) !== 0;
  if (mode === undefined || isExecutable !== (file.mode === "executable")) {
    return old.mode;
  }
  return mode === "executable" ? old.mode | ((old.mode & 0o444) >> 2) : old.mode & ~0o111;
}
