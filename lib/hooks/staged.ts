import { readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import { callGit } from "./git-call.ts";
import type { GitOptions } from "../git/git.ts";
import { type Disk, realDisk } from "./disk.ts";
import { FixCopy } from "./fix-copy.ts";
import { isSameIndex, signIndex } from "./index-file.ts";
import { hasJournal } from "./journal.ts";
import { under } from "./path-text.ts";
import { findPlace, type Place } from "./place.ts";
import { type IndexRead, readIndex, type StagedFile } from "./read-index.ts";
import { filesTouched } from "./recheck.ts";
import { recoverRuns } from "./recover.ts";
import { removeRun } from "./run-end.ts";
import { enterRun } from "./run-folder.ts";
import { Snapshot } from "./snapshot.ts";
import { updateTree } from "./tree.ts";
import { isUntouched, markOf } from "./working-file.ts";

/** What the parts of a run share. */
export interface RunState {
  readonly place: Place;
  /** This run's folder, absolute. */
  readonly run: string;
  readonly read: IndexRead;
  readonly disk: Disk;
}

export interface OpenOptions extends GitOptions {
  /** An absolute folder in the working tree. */
  readonly root: string;
  /** How long to wait for another run in this worktree, in milliseconds; 10 seconds where not given. */
  readonly waitMs?: number;
  readonly disk?: Disk;
}

/** A folder in which the staged content of some files stands; paths in it are relative to the top of the working tree. */
export interface ContentRoot {
  readonly where: "worktree" | "snapshot";
  /** Absolute. */
  readonly folder: string;
  readonly paths: readonly string[];
}

export interface Rechecked {
  /** The index is no longer the one that was read. */
  readonly index: boolean;
  /** Files that were to be checked in the working tree and were changed meanwhile, by a job or by the user. */
  readonly files: readonly string[];
}

/**
 * What is about to be committed, as the index had it at one moment. Until `close`, no other run works in this worktree;
 * nothing of the user's is hidden, moved or written.
 */
export interface Staged extends AsyncDisposable {
  readonly state: RunState;
  /** The top of the working tree, absolute; all paths are relative to it. */
  readonly top: string;
  /** The commit that this one comes on top of; undefined before the first one. */
  readonly head: string | undefined;
  readonly branch: string | undefined;
  readonly files: readonly StagedFile[];
  readonly deleted: readonly string[];
  readonly intentToAdd: readonly string[];
  /** One line about an earlier run that was killed, where there was something to put in order. */
  readonly recovered: string | undefined;
  /** Where these staged files can be checked: in the working tree where it holds what is staged, else in a snapshot. */
  roots(paths: readonly string[]): Promise<readonly ContentRoot[]>;
  /** A whole tree of exactly the staged content; `links` as for `updateTree`. The working tree itself where it is that. */
  projectRoot(links?: readonly string[]): Promise<ContentRoot>;
  /** The staged content of one file, as a checkout would write it; also for a name that no program can be given. */
  content(path: string): Promise<Uint8Array>;
  /** The copies on which all fixers of this run work. */
  readonly fixCopy: FixCopy;
  recheck(): Rechecked;
  close(): Promise<void>;
}

/** Rejects with a `ProblemError`: for paths in conflict, for another run that does not end, and where git fails. */
export async function openStaged({
  root,
  env,
  signal,
  waitMs = 10_000,
  disk = realDisk,
}: OpenOptions): Promise<Staged> {
  const stop = signal === undefined ? {} : { signal };
  const place = await findPlace(root, { env, ...stop });
  const { path: run, leftovers } = await enterRun(place.folder, { waitMs, ...stop });
  try {
    const recovered = leftovers.length === 0 ? undefined : await recoverRuns(place, leftovers, disk);
    const read = await readIndex(place, run);
    if (read.unmerged.length > 0) {
      throw new ProblemError(unmerged(read.unmerged));
    }
    return createStaged({ place, run, read, disk }, recovered);
  } catch (error) {
    removeRun(place.top, run);
    throw error;
  }
}

function createStaged(state: RunState, recovered: string | undefined): Staged {
  const { place, run, read } = state;
  const snapshot = new Snapshot(place, read, join(run, "staged"));
  // Jobs run in the other one, and may do to it what they like.
  const pristine = new Snapshot(place, read, join(run, "content"));
  let tree: Promise<ContentRoot> | undefined;
  const staged: Staged = {
    state,
    recovered,
    top: place.top,
    head: read.head,
    branch: read.branch,
    deleted: read.deleted,
    intentToAdd: read.intentToAdd,
    files: [...read.files.values()],
    fixCopy: new FixCopy(place, read, join(run, "fix")),
    roots: (paths) => rootsOf(state, snapshot, paths),
    projectRoot: (links = []) => (tree ??= projectRoot(state, links)),
    content: (path) => contentOf(state, pristine, path),
    recheck: () => ({ index: !isSameIndex(signIndex(place.index), read.signature), files: filesTouched(state) }),
    async close() {
      // With its journal it is not over: the next run finishes it.
      if (!hasJournal(run)) {
        removeRun(place.top, run);
      }
    },
    [Symbol.asyncDispose]: () => staged.close(),
  };
  return staged;
}

async function rootsOf(
  { place, read }: RunState,
  snapshot: Snapshot,
  paths: readonly string[]
): Promise<readonly ContentRoot[]> {
  const inPlace: string[] = [];
  const others: string[] = [];
  for (const path of paths) {
    (isInPlace(read, path) ? inPlace : others).push(path);
  }
  await snapshot.need(others);
  const roots = [
    { where: "worktree", folder: place.top, paths: inPlace },
    { where: "snapshot", folder: snapshot.folder, paths: others },
  ] as const;
  return roots.filter((root) => root.paths.length > 0);
}

function isInPlace({ files }: IndexRead, path: string): boolean {
  const file = files.get(path);
  if (file === undefined) {
    throw new Error(`${path} is not staged`);
  }
  return file.working === "same";
}

async function contentOf({ place, read }: RunState, pristine: Snapshot, path: string): Promise<Uint8Array> {
  if (isInPlace(read, path)) {
    const file = under(place.top, path);
    const mark = read.files.get(path)?.mark;
    const bytes = isUntouched(mark, markOf(file)) ? readFileSync(file) : undefined;
    if (bytes !== undefined && isUntouched(mark, markOf(file))) {
      return bytes;
    }
  }
  await pristine.need([path]);
  const copy = under(pristine.folder, path);
  return read.files.get(path)?.mode === "symlink" ? readlinkSync(copy, "buffer") : readFileSync(copy);
}

async function projectRoot(state: RunState, links: readonly string[]): Promise<ContentRoot> {
  const { place, run, read } = state;
  const paths = [...read.files.keys()];
  const isDirty =
    read.unstaged.length > 0 ||
    read.intentToAdd.length > 0 ||
    read.hidden.assumed.size > 0 ||
    [...read.files.values()].some(({ working }) => working !== "same");
  if (!isDirty && !(await hasUntracked(place))) {
    return { where: "worktree", folder: place.top, paths };
  }
  return { where: "snapshot", folder: await updateTree(place, run, read, links), paths };
}

async function hasUntracked(place: Place): Promise<boolean> {
  const args = ["ls-files", "--others", "--exclude-standard", "--directory", "--no-empty-directory", "-z"];
  return (await callGit(place, args)).length > 0;
}

function unmerged(paths: readonly string[]): Problem {
  const some = paths.slice(0, 3).join(", ") + (paths.length > 3 ? ` and ${paths.length - 3} more` : "");
  return { kind: "commit-stopped", why: `a merge left conflicts in ${some}`, hint: "mend them, then `git add` them" };
}
