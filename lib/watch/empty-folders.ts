import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type GitOptions, runGit } from "../git/git.ts";

/** More of them are no work of hands. */
const most = 1000;

/**
 * Of these paths, relative to the root, the folders without a single file, with all folders in them: git knows nothing of them
 * until the first file is there. What git ignores is left out.
 */
export async function emptyFolders(
  root: string,
  paths: readonly string[],
  git: GitOptions
): Promise<readonly string[]> {
  const found = paths.flatMap((path) => treeOf(root, path, most) ?? []).slice(0, most);
  if (found.length === 0) {
    return [];
  }
  // With `./` no name can be taken for pathspec magic.
  const input = new TextEncoder().encode(found.map((path) => `./${path}\0`).join(""));
  // It exits with 1 where it finds none, and with 128 outside of a repository.
  const { stdout } = await runGit(["check-ignore", "-z", "--stdin"], { ...git, cwd: root, input });
  const ignored = new Set(new TextDecoder("utf-8", { ignoreBOM: true }).decode(stdout).split("\0"));
  return found.filter((path) => !ignored.has(`./${path}`));
}

/** A folder and all below it; undefined where there is anything but folders, or too much of them. */
function treeOf(root: string, path: string, room: number): readonly string[] | undefined {
  const found = [path];
  try {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const below = entry.isDirectory() ? treeOf(root, join(path, entry.name), room - found.length) : undefined;
      if (below === undefined) {
        return undefined;
      }
      found.push(...below);
    }
  } catch {
    // It is a file, gone, or may not be read.
    return undefined;
  }
  return found.length > room ? undefined : found;
}
