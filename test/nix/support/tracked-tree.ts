import { copyFileSync, existsSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { type TempFolder, tempFolder } from "../../support/temp-folder.ts";

/** A copy of what Nix sees of a flake in a git repository: the tracked files, as they are in the working tree. */
export function trackedTree(repository: string): TempFolder {
  const listed = Bun.spawnSync(["git", "-C", repository, "ls-files", "-z"]);
  if (listed.exitCode !== 0) {
    throw new Error(`${repository} is no git repository: ${listed.stderr.toString()}`);
  }
  const copy = tempFolder();
  for (const path of listed.stdout.toString().split("\0")) {
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

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
