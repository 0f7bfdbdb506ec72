import { readFileSync } from "node:fs";
import type { ListedFile } from "../core/file-list.ts";
import { type GitOptions, readGit } from "../git/git.ts";
import { readAttributes } from "../git/attributes.ts";
import type { FileEntry } from "../lint/classify.ts";
import { scanFiles } from "../lint/scan.ts";
import type { TargetGroup } from "../lint/targets.ts";
import type { Mark } from "./working-file.ts";

/** What a run of a hook looks at, wherever it stands: in the working tree, in copies of the index, or of a commit. */
export interface Content extends AsyncDisposable {
  readonly groups: readonly TargetGroup[];
  /** Files of commits that are pushed along, which a later one changed or took away. */
  readonly history: readonly TargetGroup[];
  /** One line each, for the user: what was left out and why, what was put in order. */
  readonly notices: readonly string[];
  /** A folder with all files of the commit, for jobs whose findings rest on others. */
  whole(): Promise<{ readonly folder: string; readonly isCopy: boolean }>;
  /** All paths of the commit. */
  allPaths(): Promise<readonly string[]>;
  /** Files that are looked at where they are, and that someone changed since. */
  touched?(): readonly string[];
}

/** Copies only of what the working tree does not have: paths from the top. */
export interface Placed {
  /** Absolute. */
  readonly base: string;
  readonly isCopy: boolean;
  readonly files: readonly ListedFile[];
  /** What was seen of a regular file a moment ago. */
  seen?(path: string): Mark | undefined;
}

/** Kinds and sizes as they are in each base; what `.gitattributes` says is asked of the project. */
export function scanPlaced(root: string, placed: readonly Placed[], git: GitOptions): Promise<readonly TargetGroup[]> {
  const attributes = readAttributes(
    root,
    placed.flatMap(({ files }) => files.map(({ path }) => path)),
    git
  );
  return Promise.all(
    placed
      .filter(({ files }) => files.length > 0)
      .map(
        async ({ base, isCopy, files, seen }): Promise<TargetGroup> => ({
          base,
          isCopy,
          entries: await scanFiles(base, files, seen === undefined ? { attributes } : { attributes, seen }),
        })
      )
  );
}

export function entriesOf(groups: readonly TargetGroup[]): readonly FileEntry[] {
  return groups.flatMap(({ entries }) => entries);
}

/** The groups with only these files, which are some of theirs, in them. */
export function onlyFiles(groups: readonly TargetGroup[], entries: readonly FileEntry[]): readonly TargetGroup[] {
  // Most jobs look at all files there are.
  const total = groups.reduce((sum, group) => sum + group.entries.length, 0);
  if (entries.length === total) {
    return groups.filter((group) => group.entries.length > 0);
  }
  const wanted = new Set(entries.map(({ path }) => path));
  return groups
    .map((group) => ({ ...group, entries: group.entries.filter(({ path }) => wanted.has(path)) }))
    .filter((group) => group.entries.length > 0);
}

/** The text of a file as it is looked at, or in the working tree (`top`, absolute) where it is none of these. */
export function textOf(groups: readonly TargetGroup[], path: string, top: string): string | undefined {
  const group = groups.find(({ entries }) => entries.some((entry) => entry.path === path));
  try {
    return readFileSync(`${group?.base ?? top}/${path}`, "utf8");
  } catch {
    return undefined;
  }
}

/** All paths of the index that the environment names. */
export async function indexPaths(root: string, git: GitOptions): Promise<readonly string[]> {
  const bytes = await readGit(["ls-files", "-z"], { ...git, cwd: root });
  return new TextDecoder()
    .decode(bytes)
    .split("\0")
    .filter((path) => path !== "");
}
