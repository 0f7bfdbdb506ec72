import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Problem } from "../core/problem.ts";
import { fileReason } from "./file-problem.ts";
import { inspect } from "./inspect.ts";

/** The repository that a project is in; all paths absolute. */
export interface ProjectGit {
  /** That of the linked worktree or the submodule, where it is one. */
  readonly gitDir: string;
  /** What all worktrees share: configuration, objects, refs. */
  readonly commonDir: string;
  /** The top folder of the working tree. */
  readonly worktree: string;
}

export interface Project {
  /** Absolute, without symbolic links. */
  readonly root: string;
  /** What makes the folder the root: its `konductor.toml`, a repository, or only that the user stands there. */
  readonly kind: "config" | "git" | "folder";
  readonly git?: ProjectGit;
}

export type FoundProject =
  | { readonly ok: true; readonly project: Project }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * The project of a folder: the nearest folder upward with a `konductor.toml`, else the git root, else the folder itself.
 * The search stops at the git root, so that a submodule or a clone inside of another project is a project of its own;
 * outside git it stops below `userHome` and `/`, so that a stray file there captures nothing. In a bare repository or
 * inside of `.git` the folder stands for itself. Starts no process.
 */
export function findProject(cwd: string, userHome?: string): FoundProject {
  let real: string;
  try {
    real = realpathSync(cwd);
    if (!statSync(real).isDirectory()) {
      return {
        ok: false,
        problems: [{ kind: "no-project", path: cwd, why: "it is not a folder" }],
      };
    }
  } catch (error) {
    return { ok: false, problems: [{ kind: "no-project", path: cwd, ...fileReason(error) }] };
  }
  return { ok: true, project: projectAt(real, userHome === undefined ? undefined : realOf(userHome)) };
}

function projectAt(start: string, userHome: string | undefined): Project {
  let root: string | undefined;
  let pastHome = false;
  for (let folder = start; ; folder = dirname(folder)) {
    const isTop = folder === dirname(folder);
    if (isRepository(folder)) {
      return { root: start, kind: "folder" };
    }
    pastHome ||= folder === userHome || isTop;
    const git = gitAt(folder);
    const counts = folder === start || !pastHome || git !== undefined;
    if (root === undefined && counts && inspect(join(folder, "konductor.toml")).type !== "missing") {
      root = folder;
    }
    if (git === "broken") {
      return { root: root ?? folder, kind: root === undefined ? "folder" : "config" };
    }
    if (git !== undefined) {
      return { root: root ?? folder, kind: root === undefined ? "git" : "config", git };
    }
    if (isTop) {
      return { root: root ?? start, kind: root === undefined ? "folder" : "config" };
    }
  }
}

/** The repository whose working tree begins here; `broken` where a `.git` file leads to none, as after a move. */
function gitAt(folder: string): ProjectGit | "broken" | undefined {
  const path = join(folder, ".git");
  const { type } = inspect(path);
  if (type === "missing") {
    return undefined;
  }
  if (type === "file") {
    return linkedGit(folder, path);
  }
  // git too walks on where `.git` is a folder, but no repository.
  if (!isRepository(path)) {
    return undefined;
  }
  const gitDir = realOf(path);
  return { gitDir, commonDir: commonDirOf(gitDir), worktree: folder };
}

/** A worktree's or submodule's `.git` is a file with one line, `gitdir: PATH` (gitrepository-layout(5)). */
function linkedGit(folder: string, path: string): ProjectGit | "broken" {
  const target = /^gitdir: ([^\r\n]+)/.exec(textOf(path))?.[1];
  const gitDir = target === undefined ? undefined : resolve(folder, target);
  if (gitDir === undefined || !existsSync(join(gitDir, "HEAD"))) {
    return "broken";
  }
  return { gitDir: realOf(gitDir), commonDir: commonDirOf(realOf(gitDir)), worktree: folder };
}

function commonDirOf(gitDir: string): string {
  const shared = textOf(join(gitDir, "commondir")).trimEnd();
  return shared === "" ? gitDir : realOf(resolve(gitDir, shared));
}

/** What git itself takes a repository by. */
function isRepository(folder: string): boolean {
  return (
    inspect(join(folder, "HEAD")).type !== "missing" &&
    existsSync(join(folder, "refs")) &&
    existsSync(join(folder, "objects"))
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
