import { copyFileSync, existsSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TempFolder, tempFolder } from "../../support/temp-folder.ts";

/**
 * A copy of what Nix sees of a flake: in a git repository the tracked files, as they are in the working tree; else, as of an
 * unpacked archive, all but what was installed and built.
 */
export function trackedTree(repository: string): TempFolder {
  const copy = tempFolder();
  for (const path of filesOf(repository)) {
    const source = join(repository, path);
    // Deleted, and not yet so in the index.
    if (path === "" || !(existsSync(source) || isLink(source))) {
      continue;
    }
    const target = copy.at(path);
    mkdirSync(dirname(target), { recursive: true });
    if (isLink(source)) {
      symlinkSync(readlinkSync(source), target);
    } else {
      copyFileSync(source, target);
    }
  }
  return copy;
}

function filesOf(repository: string): readonly string[] {
  const listed = Bun.spawnSync(["git", "-C", repository, "ls-files", "-z"]);
  if (listed.exitCode === 0) {
    return listed.stdout.toString().split("\0");
  }
  const left = /^(node_modules|\.k|\.direnv|dist|result)(\/|$)/;
  const all = new Bun.Glob("**").scanSync({ cwd: repository, dot: true, onlyFiles: true, followSymlinks: false });
  return [...all].filter((path) => !left.test(path));
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
