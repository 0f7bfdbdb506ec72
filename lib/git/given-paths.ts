import { isAbsolute, join } from "node:path";
import type { FileList, ListedFile, OddPath } from "../core/file-list.ts";
import { compareText } from "../core/finding.ts";
import type { Problem } from "../core/problem.ts";
import { findGitFolder } from "../host/git-folder.ts";
import { locate, withoutLinks } from "../host/locate.ts";
import { type GitOptions, runGit } from "./git.ts";
import { listBelow, listProject } from "./project.ts";

/**
 * The files that a user named: files as they are, even where git ignores them; folders as far as git lists them; and
 * a glob that no shell has expanded, over what git lists. `cwd` and `root` are absolute. What is not there is a problem,
 * and the rest goes on.
 */
export async function listPaths(
  paths: readonly string[],
  cwd: string,
  root: string,
  git: GitOptions
): Promise<FileList> {
  const asked = sortOut(paths, cwd, root);
  const wanted = [...asked.files, ...asked.folders];
  const isWhole = asked.globs.length > 0 || asked.folders.has("");
  const [list, nested] = await Promise.all([
    wanted.length === 0 && !isWhole ? undefined : listBelow(root, isWhole ? [] : wanted, git),
    Promise.all([...asked.nested].map((folder) => listNested(folder, root, git))),
  ]);
  return choose(asked, [...(list === undefined ? [] : [list]), ...nested], list, root, git);
}

interface Asked {
  /** Relative to the root, as all below. */
  readonly files: ReadonlySet<string>;
  /** Files in a submodule or another repository: git refuses to speak of them. */
  readonly foreign: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  /** Folders in a submodule or another repository. */
  readonly nested: ReadonlySet<string>;
  readonly globs: readonly { readonly glob: Bun.Glob; readonly given: string }[];
  readonly problems: readonly Problem[];
}

function sortOut(paths: readonly string[], cwd: string, root: string): Asked {
  const files = new Set<string>();
  const foreign = new Set<string>();
  const folders = new Set<string>();
  const nested = new Set<string>();
  const globs: { glob: Bun.Glob; given: string }[] = [];
  const problems: Problem[] = [];
  const top = findGitFolder(root)?.top;
  const known = new Map<string, boolean>();
  const isForeign = (folder: string): boolean => {
    const is = known.get(folder) ?? findGitFolder(join(root, folder))?.top !== top;
    known.set(folder, is);
    return is;
  };
  for (const given of paths) {
    const { type, path } = locate(given, cwd, root);
    if (type === "file" || type === "symlink") {
      (isForeign(folderOf(path)) ? foreign : files).add(path);
    } else if (type === "folder") {
      (isForeign(path) ? nested : folders).add(path);
    } else if (type === "missing" && /[*?[{]/.test(given)) {
      addGlob(globs, given, cwd, root, problems);
    } else {
      problems.push(unusable(given, type));
    }
  }
  return { files, foreign, folders, nested, globs, problems };
}

function unusable(given: string, type: "missing" | "outside" | "special" | "unreachable"): Problem {
  const why = {
    missing: "no such file or folder",
    outside: "it is outside of the project",
    special: "it is no regular file",
    unreachable: "a folder on the way to it may not be entered",
  }[type];
  const hint = type === "outside" ? { hint: "`k -C FOLDER` works in another project" } : {};
  return { kind: "file", path: given, what: "not checked", why, ...hint };
}

/** A pattern typed in `cwd` as one from the root; what is a name in the way there is no pattern. */
function addGlob(
  globs: { glob: Bun.Glob; given: string }[],
  given: string,
  cwd: string,
  root: string,
  problems: Problem[]
): void {
  const literal = (path: string): string => withoutLinks(path).replaceAll(/[\\*?[\]{}!]/g, "\\$&");
  const pattern = isAbsolute(given) ? given : join(literal(cwd), given);
  const start = `${literal(root)}/`;
  if (pattern.startsWith(start)) {
    globs.push({ glob: new Bun.Glob(pattern.slice(start.length)), given });
  } else {
    problems.push(unusable(given, "outside"));
  }
}

async function listNested(folder: string, root: string, git: GitOptions): Promise<FileList> {
  const list = await listProject(join(root, folder), git);
  const under = (path: string): string => join(folder, path);
  return {
    ...list,
    files: list.files.map((file) => ({ ...file, path: under(file.path) })),
    unmerged: list.unmerged.map(under),
  };
}

async function choose(
  asked: Asked,
  lists: readonly FileList[],
  own: FileList | undefined,
  root: string,
  git: GitOptions
): Promise<FileList> {
  const { chosen, usedFolders, usedGlobs } = pick(asked, lists);
  const unmatched = asked.globs.filter(({ given }) => !usedGlobs.has(given));
  const empty = [...asked.folders].filter((folder) => folder !== "" && !usedFolders.has(folder));
  return {
    source: own?.source ?? "git",
    files: [...chosen.values()].sort((a, b) => compareText(a.path, b.path)),
    unmerged: lists.flatMap(({ unmerged }) => unmerged).filter((path) => chosen.has(path)),
    odd: [...lists.flatMap(({ odd }) => odd), ...(await ignoredFolders(empty, root, git))],
    problems: [
      ...asked.problems,
      ...unmatched.map(
        ({ given }): Problem => ({
          kind: "file",
          path: given,
          what: "not checked",
          why: "no file has a name like that",
        })
      ),
      ...lists.flatMap(({ problems }) => problems),
    ],
  };
}

/** The files that one of the given paths means, and which folders and globs meant any. */
function pick(asked: Asked, lists: readonly FileList[]) {
  const named = new Set([...asked.files, ...asked.foreign]);
  const folders = new Set([...asked.folders, ...asked.nested]);
  // Named files that no list has are ignored by git, or not its business; the user means them all the same.
  const chosen = new Map<string, ListedFile>(
    [...named].map((path) => [path, { path, tracked: false, explicit: true }])
  );
  const usedFolders = new Set<string>();
  const usedGlobs = new Set<string>();
  for (const file of lists.flatMap(({ files }) => files)) {
    const folder = folders.size === 0 ? undefined : foldersAbove(file.path).find((name) => folders.has(name));
    const globs = asked.globs.filter(({ glob }) => glob.match(file.path));
    if (folder !== undefined) {
      usedFolders.add(folder);
    }
    for (const { given } of globs) {
      usedGlobs.add(given);
    }
    if (named.has(file.path)) {
      chosen.set(file.path, { ...file, explicit: true });
    } else if (folder !== undefined || globs.length > 0) {
      chosen.set(file.path, file);
    }
  }
  return { chosen, usedFolders, usedGlobs };
}

/** From the folder that holds the path up to the root, which is the empty string. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) {
    folders.push(folder);
  }
  return [...folders, ""];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A named folder without a single listed file may be one that git ignores: `k format *` must not rewrite what a build made. */
async function ignoredFolders(folders: readonly string[], root: string, git: GitOptions): Promise<readonly OddPath[]> {
  if (folders.length === 0) {
    return [];
  }
  // With `./` no name can be taken for pathspec magic.
  const input = new TextEncoder().encode(folders.map((folder) => `./${folder}\0`).join(""));
  const { stdout } = await runGit(["check-ignore", "-z", "--stdin"], { ...git, cwd: root, input });
  const ignored = new Set(new TextDecoder("utf-8", { ignoreBOM: true }).decode(stdout).split("\0"));
  return folders
    .filter((folder) => ignored.has(`./${folder}`))
    .map((path) => ({ path, reason: "git ignores it: name the files in it that are meant" }));
}
