import { lstatSync, readdirSync, type Stats } from "node:fs";
import { digestOf } from "../../cache/digest.ts";
import { standingOf } from "./standing-files.ts";

/** Ignored folders in which no tool of the table looks for sources: stores of packages and of other programs. */
const stores = new Set([
  ".cache",
  ".direnv",
  ".git",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
  ".terraform",
  ".tox",
  ".venv",
  "__pycache__",
  "node_modules",
  "venv",
]);

/** Looking at more costs more than most tools. */
const most = 20_000;

/**
 * Stands for all that git ignores below the root, by names, sizes and times: a tool that looks beyond the files that it is given
 * sees those too. `paths` are as `WorkingState.ignored` has them. Undefined where it is too much to look at.
 */
export function ignoredDigest(root: string, paths: readonly string[], tool: string): string | undefined {
  const lines: string[] = [];
  const open = [...paths];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const bare = path.endsWith("/") ? path.slice(0, -1) : path;
    const name = bare.slice(bare.lastIndexOf("/") + 1);
    // Types of packages are what a type checker is about.
    if (stores.has(name) && !(tool === "tsc" && name === "node_modules")) {
      continue;
    }
    const stats = statOf(`${root}/${bare}`);
    if (stats?.isDirectory() === true) {
      for (const child of childrenOf(`${root}/${bare}`)) {
        open.push(`${bare}/${child}`);
      }
    }
    lines.push(`${bare}\0${stats === undefined ? "" : standingOf(stats)}`);
    if (lines.length + open.length > most) {
      return undefined;
    }
  }
  return digestOf([lines.toSorted().join("\n")]);
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function childrenOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
