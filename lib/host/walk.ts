import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import type { OddPath } from "../core/file-list.ts";
import { compareText } from "../core/finding.ts";
import type { Problem } from "../core/problem.ts";
import { fileProblem } from "./file-problem.ts";
import { inspect } from "./inspect.ts";

/** Never entered nor listed, be it a folder, a link or, in a worktree, a file: other programs' stores. */
const skipped = new Set([".git", ".hg", ".jj", ".svn", "node_modules"]);

/** More at once would not be faster, and could run out of file descriptors. */
const parallel = 16;

export interface Walked {
  /** Files and symbolic links, relative to the folder, in the order of `compareText`. */
  readonly paths: readonly string[];
  readonly odd: readonly OddPath[];
  readonly problems: readonly Problem[];
}

/**
 * All files below a folder, or only `below` some paths relative to it, be they files or folders. Links are listed and never followed, so no loop can hold it; FIFOs, sockets and devices
 * are left out. A folder that cannot be read is a problem, and the rest goes on.
 */
export async function walkFolder(root: string, below: readonly string[] = []): Promise<Walked> {
  const paths = new Set<string>();
  const odd: OddPath[] = [];
  const problems: Problem[] = [];
  const open = below.length === 0 ? [""] : below.filter((path) => isFolder(root, path));
  for (const path of below) {
    if (!isFolder(root, path)) {
      paths.add(path);
    }
  }
  const visit = async (folder: string): Promise<void> => {
    let entries: readonly Dirent[];
    try {
      entries = await readdir(folder === "" ? root : `${root}/${folder}`, { withFileTypes: true });
    } catch (error) {
      problems.push(fileProblem(folder === "" ? root : folder, "its files are not checked", error));
      return;
    }
    for (const entry of entries) {
      if (skipped.has(entry.name)) {
        continue;
      }
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const type = typeOf(entry, `${root}/${path}`);
      if (type === "odd") {
        odd.push({ path, reason: "its name is not UTF-8" });
      } else if (type === "file") {
        paths.add(path);
      } else if (type === "folder") {
        open.push(path);
      }
    }
  };
  while (open.length > 0) {
    await Promise.all(open.splice(-parallel).map(visit));
  }
  return {
    paths: [...paths].sort(compareText),
    odd: odd.sort((a, b) => compareText(a.path, b.path)),
    problems: problems.sort((a, b) => compareText(pathOf(a), pathOf(b))),
  };
}

function isFolder(root: string, path: string): boolean {
  return inspect(path === "" ? root : `${root}/${path}`).type === "folder";
}

function typeOf(entry: Dirent, path: string): "file" | "folder" | "odd" | "other" {
  // `readdir` puts U+FFFD where a name is not UTF-8: then nothing has that name.
  if (entry.name.includes("\uFFFD") && inspect(path).type === "missing") {
    return "odd";
  }
  if (entry.isFile() || entry.isSymbolicLink()) {
    return "file";
  }
  if (entry.isDirectory()) {
    return "folder";
  }
  if (entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice()) {
    return "other";
  }
  // Some file systems do not tell types while listing.
  const { type } = inspect(path);
  return type === "folder" ? "folder" : type === "file" || type === "symlink" ? "file" : "other";
}

function pathOf(problem: Problem): string {
  return problem.kind === "file" ? problem.path : "";
}
