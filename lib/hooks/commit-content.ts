import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ListedFile } from "../core/file-list.ts";
import type { GitOptions } from "../git/git.ts";
import type { TargetGroup } from "../lint/targets.ts";
import { callGit } from "./git-call.ts";
import type { LoggedFile } from "./commit-log.ts";
import { type Content, scanPlaced } from "./content.ts";
import { nothingHidden } from "./hidden-entries.ts";
import { type Entry, listEntries } from "./objects.ts";
import { realDisk } from "./disk.ts";
import { isOdd, pathBytes } from "./path-text.ts";
import type { Place } from "./place.ts";
import type { IndexRead } from "./read-index.ts";
import { recoverRuns } from "./recover.ts";
import { removeRun } from "./run-end.ts";
import { enterRun } from "./run-folder.ts";
import { checkOut } from "./snapshot.ts";
import { neededLinks } from "./staged-content.ts";
import { updateTree } from "./tree.ts";

/** How long to wait for another run in this worktree, in milliseconds. */
const waitMs = 10_000;

/**
 * Files of one commit as copies, whatever is checked out: `paths` are those that it is about. `log` are files of commits
 * before it, of which those that it no longer has are there as `<id>/<path>`. Rejects with a `ProblemError`.
 */
export async function openCommitContent(
  place: Place,
  commit: string,
  paths: ReadonlySet<string>,
  log: readonly LoggedFile[],
  git: GitOptions
): Promise<Content> {
  const { path: run, leftovers } = await enterRun(place.folder, {
    waitMs,
    ...(git.signal === undefined ? {} : { signal: git.signal }),
  });
  try {
    const recovered = leftovers.length === 0 ? undefined : await recoverRuns(place, leftovers, realDisk);
    const index = join(run, "index");
    await callGit(place, ["read-tree", commit], { index });
    const entries = (await listEntries(place, index, [...paths])).filter(
      ({ path, mode }) => mode.startsWith("100") && !isOdd(path)
    );
    const folder = join(run, "commit");
    await checkOut(
      place,
      { heldIndex: index, hidden: nothingHidden },
      entries.map(({ path }) => path),
      folder
    );
    const past = pastFiles(entries, log);
    const groups = await scanPlaced(place.top, [{ base: folder, isCopy: true, files: entries.map(listed) }], git);
    let tree: Promise<string> | undefined;
    return {
      groups,
      history: past.length > maxPast ? [] : await pastGroups(place, run, past, git),
      notices: [
        ...(recovered === undefined ? [] : [recovered]),
        ...[...paths]
          .filter(isOdd)
          .map((path) => `${path.replaceAll(/[\udc80-\udcff]/g, "?")}: left out: its name is not UTF-8`),
        ...(past.length > maxPast
          ? [`${past.length} files of earlier commits are not looked at: that many would take too long`]
          : []),
      ],
      // Jobs ask at the same time, and two must not make the tree at once.
      whole: async () => {
        tree ??= updateTree(place, run, readOf(commit, index), neededLinks);
        return { folder: await tree, isCopy: true };
      },
      allPaths: async () => await listAll(place, index),
      [Symbol.asyncDispose]: async () => removeRun(place.top, run),
    };
  } catch (error) {
    removeRun(place.top, run);
    throw error;
  }
}

function listed({ path, mode }: Pick<Entry, "path" | "mode">): ListedFile {
  return { path, mode: mode === "100755" ? "executable" : "file", tracked: true };
}

/** A commit as if it were what is staged on top of itself. */
function readOf(commit: string, index: string): IndexRead {
  return {
    head: commit,
    branch: undefined,
    deleted: [],
    unmerged: [],
    intentToAdd: [],
    unstaged: [],
    files: new Map(),
    heldIndex: index,
    signature: undefined,
    hidden: nothingHidden,
  };
}

async function listAll(place: Place, index: string): Promise<readonly string[]> {
  const bytes = await callGit(place, ["ls-files", "-z"], { index });
  return new TextDecoder()
    .decode(bytes)
    .split("\0")
    .filter((path) => path !== "");
}

/** More than a push of a day's work has, and few enough for a look at each. */
const maxPast = 5000;

/** What a later commit changed or took away is pushed all the same. */
function pastFiles(now: readonly Entry[], log: readonly LoggedFile[]): readonly LoggedFile[] {
  const seen = new Set(now.map(({ path, blob }) => `${blob} ${path}`));
  return log.filter(({ path, blob, mode }) => {
    const key = `${blob} ${path}`;
    if (mode === "symlink" || isOdd(path) || seen.has(key)) {
      return false;
    }
    seen.add(key);
    return true;
  });
}

async function pastGroups(
  place: Place,
  run: string,
  past: readonly LoggedFile[],
  git: GitOptions
): Promise<readonly TargetGroup[]> {
  if (past.length === 0) {
    return [];
  }
  const folder = join(run, "past");
  mkdirSync(folder);
  const index = join(run, "past-index");
  const named = past.map(({ commit, path, mode, blob }) => ({
    path: `${commit.slice(0, 12)}/${path}`,
    mode: mode === "executable" ? "100755" : "100644",
    blob,
  }));
  const rows = named.map(({ path, mode, blob }) =>
    Buffer.concat([Buffer.from(`${mode} ${blob}\t`), pathBytes(path), Buffer.of(0)])
  );
  await callGit(place, ["update-index", "-z", "--index-info"], { index, input: Buffer.concat(rows) });
  await checkOut(
    place,
    { heldIndex: index, hidden: nothingHidden },
    named.map(({ path }) => path),
    folder
  );
  return scanPlaced(place.top, [{ base: folder, isCopy: true, files: named.map(listed) }], git);
}
