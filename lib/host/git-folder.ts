import { readFileSync, realpathSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { inspect } from "./inspect.ts";

export interface GitFolder {
  /** The folder that holds `.git`, absolute. */
  readonly top: string;
  /** The repository itself (that of the worktree, for a linked one), absolute, its links resolved where it is there. */
  readonly repository: string;
}

/**
 * Looks upward from an absolute folder for `.git`, as git does where no variable says otherwise; starts no process.
 * A `.git` file (worktree, submodule) names the folder behind `gitdir: ` (gitrepository-layout(5)).
 */
export function findGitFolder(from: string): GitFolder | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = resolve(folder, ".git");
    const { type } = inspect(path);
    if (type === "folder" || type === "symlink") {
      return { top: folder, repository: real(path) };
    }
    if (type === "file") {
      const target = /^gitdir: (.*)$/m.exec(readFileSync(path, "utf8"))?.[1];
      if (target !== undefined) {
        return { top: folder, repository: real(resolve(folder, target)) };
      }
    }
    if (folder === dirname(folder)) {
      return undefined;
    }
  }
}

/** The path without symbolic links, or as it is where nothing is there. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** True where both lead to the same place. */
export function isSamePlace(a: string, b: string): boolean {
  return real(a) === real(b);
}
