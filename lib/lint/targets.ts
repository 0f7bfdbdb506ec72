import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileList, ListedFile } from "../core/file-list.ts";
import type { LintRequest } from "../core/lint.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import {
  type GitOptions,
  listPaths,
  listProject,
  listSince,
  listStaged,
  readAttributes,
  snapshotStaged,
  type StagedFile,
} from "../git/files.ts";
import type { FileEntry } from "./classify.ts";
import { scanFiles } from "./scan.ts";

/** Files below one folder. */
export interface TargetGroup {
  /** Absolute: the project's root, or a copy of what the index holds where the working files differ from it. */
  readonly base: string;
  readonly isCopy: boolean;
  readonly entries: readonly FileEntry[];
  /** The ids of their content, where those are known without a look at it. */
  readonly contents?: ReadonlyMap<string, string>;
}

export interface Targets {
  readonly groups: readonly TargetGroup[];
  /** What could not be read; the rest is good. */
  readonly problems: readonly Problem[];
  /** Left out on purpose, and why. */
  readonly notices: readonly string[];
  dispose(): Promise<void>;
}

export interface Where {
  /** Absolute. */
  readonly root: string;
  /** Absolute: what typed paths are relative to. */
  readonly cwd: string;
  readonly git: GitOptions;
}

export type FileRequest = Pick<LintRequest, "paths" | "staged" | "since">;

/** The files that a request is about; rejects with a `ProblemError` where they cannot be told. */
export async function listTargets(request: FileRequest, where: Where): Promise<Targets> {
  return request.staged ? listStagedTargets(request, where) : listWorkingTargets(request, where);
}

async function listWorkingTargets({ paths, since }: FileRequest, where: Where): Promise<Targets> {
  const list = await listWorking(paths, since, where);
  return {
    groups: [{ base: where.root, isCopy: false, entries: await scan(where.root, list.files, where) }],
    problems: list.problems,
    notices: list.odd.map(({ path, reason }) => `${path}: left out: ${reason}`),
    dispose: async () => {},
  };
}

async function listWorking(
  paths: readonly string[],
  since: string | undefined,
  { root, cwd, git }: Where
): Promise<FileList> {
  if (since === undefined) {
    return paths.length === 0 ? listProject(root, git) : listPaths(paths, cwd, root, git);
  }
  const changed = await listSince(root, since, git);
  if (paths.length === 0) {
    return changed;
  }
  const named = await listPaths(paths, cwd, root, git);
  const isChanged = new Set(changed.files.map(({ path }) => path));
  return { ...named, files: named.files.filter(({ path }) => isChanged.has(path)) };
}

/**
 * What is staged, as it is in the index. A file whose working copy is the same is looked at where it stands; of the
 * others the index's content is written to a private folder, and nothing of the working tree is touched.
 */
async function listStagedTargets({ paths }: FileRequest, where: Where): Promise<Targets> {
  const { root, cwd, git } = where;
  const staged = await listStaged(root, git);
  if (staged.unmerged.length > 0) {
    throw new ProblemError(
      ...staged.unmerged.map(
        (path): Problem => ({
          kind: "file",
          path,
          what: "nothing can be checked as staged",
          why: "a merge left it in conflict",
          hint: "solve it, then `git add` it",
        })
      )
    );
  }
  const named = paths.length === 0 ? undefined : await listPaths(paths, cwd, root, git);
  const wanted = named === undefined ? undefined : new Set(named.files.map(({ path }) => path));
  const files = staged.files.filter(({ path }) => wanted?.has(path) ?? true);
  const dirty = files.filter((file) => file.dirty);
  const notices = staged.odd.map(({ path, reason }) => `${path}: left out: ${reason}`);
  const clean = files.filter((file) => !file.dirty);
  const group: TargetGroup = { base: root, isCopy: false, entries: await scan(root, clean.map(listed), where) };
  const problems = named?.problems ?? [];
  if (dirty.length === 0) {
    return { groups: [group], problems, notices, dispose: async () => {} };
  }
  const folder = await realpath(await mkdtemp(join(tmpdir(), "k-staged-")));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const base = await snapshotStaged(
      dirty.map(({ path }) => path),
      folder,
      root,
      git
    );
    const copies = await scan(
      base,
      dirty.map(({ path, mode }) => ({ path, mode, tracked: true })),
      where
    );
    return { groups: [group, { base, isCopy: true, entries: copies }], problems, notices, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Kinds and sizes as they are in `base`; what `.gitattributes` says is asked of the project. */
function scan(base: string, files: readonly ListedFile[], { root, git }: Where): Promise<readonly FileEntry[]> {
  return scanFiles(base, files, {
    attributes: readAttributes(
      root,
      files.map(({ path }) => path),
      git
    ),
  });
}

function listed({ path, mode, blob }: StagedFile): ListedFile {
  return { path, mode, blob, tracked: true };
}
