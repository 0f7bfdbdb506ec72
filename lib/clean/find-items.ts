import { lstatSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hasLeftovers } from "../hooks/run-folder.ts";
import { readRun, runNames } from "../ledger/read-runs.ts";
import { sizeOf } from "./size-of.ts";

/** Something of `k` that can go. */
export interface Item {
  readonly what: string;
  /** Absolute. */
  readonly paths: readonly string[];
  /** In bytes, as far as it could be read. */
  readonly size: number;
  /** Where it takes more than to remove the paths; resolves with what is worth a word. */
  remove?(): Promise<string | undefined>;
}

/** What stays although it would be its turn, and why. */
export interface Kept {
  readonly what: string;
  readonly why: string;
}

export interface CleanPlace {
  /** The project's root, absolute. */
  readonly root: string;
  /** The project's own folder of runs. */
  readonly runs: string;
  /** `k`'s folder in the git folder; undefined outside of git. */
  readonly gitFolder: string | undefined;
  /** The binaries that `k build` made here; empty where the project is not `k` itself. */
  readonly binaries: readonly string[];
  /** `k`'s folders for this user. */
  readonly cache: string;
  readonly state: string;
  /** Of the user. */
  readonly uid: number;
  /** Absolute; shown as `~`. */
  readonly userHome: string | undefined;
  /** Finishes or drops what killed hook runs left. */
  recover(): Promise<string | undefined>;
}

export interface Found {
  readonly items: readonly Item[];
  readonly kept: readonly Kept[];
}

/** All of this project; with `all` also what other projects of this user and `k` itself keep on this machine. */
export function findItems(place: CleanPlace, all: boolean): Found {
  const own = [
    ...runsOf(place.runs, "logs of this project's runs"),
    ...leftovers(place),
    ...binaries(place),
    ...results(place),
  ];
  const wide = all ? machineWide(place) : { items: [], kept: [] };
  const every = [...own, ...wide.items];
  const items = every.filter(({ paths }) => paths.every((path) => isOwn(path, place.uid)));
  const foreign = every.filter((item) => !items.includes(item));
  return {
    items,
    kept: [
      ...stillRunning(place),
      ...wide.kept,
      ...foreign.map(({ what }) => ({ what, why: "it belongs to another user" })),
    ],
  };
}

/** The runs that are over: one that still goes on writes there. */
function runsOf(folder: string, what: string): readonly Item[] {
  const paths = runNames(folder)
    .filter((name) => readRun(folder, name)?.state !== "running")
    .map((name) => join(folder, name));
  return paths.length === 0 ? [] : [{ what: `${what} (${paths.length})`, paths, size: sum(paths) }];
}

function leftovers({ gitFolder, recover }: CleanPlace): readonly Item[] {
  if (gitFolder === undefined || !hasLeftovers(gitFolder)) {
    return [];
  }
  return [{ what: "what killed hook runs left", paths: [gitFolder], size: sum([gitFolder]), remove: recover }];
}

function binaries({ binaries: paths }: CleanPlace): readonly Item[] {
  const there = paths.filter(isThere);
  return there.length === 0
    ? []
    : [{ what: "the built k; the launcher starts its source then", paths: there, size: sum(there) }];
}

/** Links that `nix build` leaves; what they lead to is Nix's own to collect. */
function results({ root }: CleanPlace): readonly Item[] {
  const paths = namesIn(root)
    .filter((name) => /^result(-[\w.-]+)?$/.test(name))
    .map((name) => join(root, name))
    .filter((path) => linkTarget(path)?.startsWith("/nix/store/") === true);
  return paths.length === 0 ? [] : [{ what: "links to what Nix built", paths, size: 0 }];
}

/** Results of tools, notes on them, and other projects' runs. What a user would miss is none of it: trust and machines. */
function machineWide({ cache, state, runs }: CleanPlace): Found {
  const others = namesIn(join(state, "runs"))
    .map((name) => join(state, "runs", name))
    .filter((folder) => folder !== runs);
  const busy = [runs, ...others].some(isBusy);
  const kept = namesIn(cache).map((name) => join(cache, name));
  const cacheItem: Item = { what: "results and notes that are kept to save time", paths: kept, size: sum(kept) };
  return {
    items: [
      ...others.flatMap((folder) => runsOf(folder, `logs of ${folder.slice(folder.lastIndexOf("/") + 1)}`)),
      ...(kept.length === 0 || busy ? [] : [cacheItem]),
    ],
    kept: [
      ...(busy && kept.length > 0 ? [{ what: cache, why: "a run of k uses it" }] : []),
      ...["trust.json", "vm"]
        .filter((name) => isThere(join(state, name)))
        .map((name) => ({
          what: join(state, name),
          why: name === "vm" ? "`k vm:rm` removes machines" : "it says which projects you trust",
        })),
    ],
  };
}

function stillRunning({ runs }: CleanPlace): readonly Kept[] {
  const names = runNames(runs).filter((name) => readRun(runs, name)?.state === "running");
  return names.map((name) => ({ what: join(runs, name), why: "this run still goes on" }));
}

function isBusy(folder: string): boolean {
  return runNames(folder).some((name) => readRun(folder, name)?.state === "running");
}

/** Removes an item; rejects with a system error. */
export async function removeItem({ paths, remove }: Item): Promise<string | undefined> {
  if (remove !== undefined) {
    return remove();
  }
  for (const path of paths) {
    rmSync(path, { recursive: true, force: true });
  }
  return undefined;
}

function sum(paths: readonly string[]): number {
  return paths.reduce((total, path) => total + sizeOf(path), 0);
}

function isOwn(path: string, uid: number): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.uid === uid;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
