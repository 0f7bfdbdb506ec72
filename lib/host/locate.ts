import { realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { type FileState, inspect } from "./inspect.ts";

/** Where a path that the user gave leads, seen from the project. */
export interface Located {
  readonly type: FileState["type"] | "outside";
  /** Relative to the root, with `/` between its parts; empty for the root itself, and for all that is not in it. */
  readonly path: string;
}

/**
 * Finds a file or folder by a path relative to `cwd`. Links on the way are resolved; a last link to something inside the
 * root stands for that, any other link for itself. `cwd` and `root` are absolute.
 */
export function locate(given: string, cwd: string, root: string): Located {
  const path = resolve(cwd, given);
  const state = inspect(path);
  if (state.type === "missing" || state.type === "unreachable") {
    return { type: state.type, path: "" };
  }
  const base = realpathSync(root);
  if (state.type === "symlink") {
    const target = targetOf(path);
    const inside = target === undefined ? undefined : below(base, target);
    if (target !== undefined && inside !== undefined) {
      return { type: inspect(target).type, path: inside };
    }
  }
  // The last part of a folder's path may be `..`, of the root's there may be none: only a file or link is taken by its name.
  const own = state.type === "folder" ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  const inside = below(base, own);
  return inside === undefined ? { type: "outside", path: "" } : { type: state.type, path: inside };
}

function targetOf(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}

/** The same folder without links, as `locate` compares it; as it is where nothing is there. */
export function withoutLinks(path: string): string {
  return targetOf(path) ?? path;
}

function below(base: string, path: string): string | undefined {
  const inside = relative(base, path);
  return inside === ".." || inside.startsWith(`..${sep}`) ? undefined : inside.split(sep).join("/");
}
