import { callGit } from "./git-call.ts";
import { holdIndex } from "./index-file.ts";
import type { NewIndex } from "./install-indexes.ts";
import { type Entry, isSameEntry, listEntries, writeEntries } from "./objects.ts";
import { nulList } from "./path-text.ts";
import type { Place } from "./place.ts";
import type { IndexRead } from "./read-index.ts";

/** Writes the entries into a copy of an index, which `held` is; flags that hide an entry from git stay on it. */
export async function makeIndex(
  place: Place,
  { hidden }: IndexRead,
  held: string,
  file: string,
  entries: readonly Entry[]
): Promise<void> {
  holdIndex(held, file);
  await writeEntries(place, entries, { index: file });
  const flags = [
    ["--assume-unchanged", hidden.assumed],
    ["--skip-worktree", hidden.skipped],
  ] as const;
  for (const [flag, flagged] of flags) {
    const paths = entries.map(({ path }) => path).filter((path) => flagged.has(path));
    if (paths.length > 0) {
      await callGit(place, ["update-index", flag, "-z", "--stdin"], { index: file, input: nulList(paths) });
    }
  }
}

/**
 * `git commit PATH` goes on with a second index, which becomes the lasting one: it gets the same fixes, for as far as it
 * holds what was staged. Undefined where there is none.
 */
export async function makeNextIndex(
  place: Place,
  read: IndexRead,
  file: string,
  staged: readonly Entry[],
  fixed: readonly Entry[]
): Promise<NewIndex | undefined> {
  if (place.nextIndex === undefined) {
    return undefined;
  }
  const before = holdIndex(place.nextIndex, `${file}-held`);
  if (before === undefined) {
    return undefined;
  }
  const paths = staged.map(({ path }) => path);
  const listed = await listEntries(place, `${file}-held`, paths);
  const there = new Map(listed.map((entry) => [entry.path, entry]));
  const same = new Set(staged.filter((entry) => isSameEntry(entry, there.get(entry.path))).map(({ path }) => path));
  if (same.size === 0) {
    return undefined;
  }
  const entries = fixed.filter(({ path }) => same.has(path));
  await makeIndex(place, read, `${file}-held`, file, entries);
  return { target: place.nextIndex, file, before };
}
