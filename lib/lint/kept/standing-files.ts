import { lstatSync, type Stats } from "node:fs";
import { digestOf } from "../../cache/digest.ts";
import { isSettled } from "../../host/stat-line.ts";

/** Inode, size and times of a file: whoever writes it, or sets its times back, changes the last of them. */
export function standingOf({ ino, size, mtimeMs, ctimeMs }: Stats): string {
  return `${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}

/** How files stand at one moment, to tell later whether any was touched since. */
export class StandingFiles {
  readonly #root: string;
  readonly #paths: readonly string[];
  /** Stands for the times of all of them. */
  readonly digest: string;
  /** Whether each of them was left alone long enough that a later change would show. */
  readonly isSettled: boolean;

  /** Paths relative to an absolute root; with `folders` also the folders that they are in, which show what comes and goes. */
  constructor(root: string, paths: readonly string[], folders = false) {
    this.#root = root;
    this.#paths = folders ? [...foldersOf(paths), ...paths] : paths;
    const { digest, newest } = look(this.#root, this.#paths);
    this.digest = digest;
    this.isSettled = newest === undefined || isSettled(newest, Date.now());
  }

  stillStands(): boolean {
    return this.isSettled && look(this.#root, this.#paths).digest === this.digest;
  }
}

function look(
  root: string,
  paths: readonly string[]
): { readonly digest: string; readonly newest: string | undefined } {
  const lines: string[] = [];
  let newest: { readonly time: number; readonly line: string } | undefined;
  for (const path of paths) {
    const stats = statOf(`${root}/${path}`);
    if (stats === undefined) {
      lines.push(`${path}\0gone`);
      continue;
    }
    lines.push(`${path}\0${standingOf(stats)}`);
    const time = Math.max(stats.mtimeMs, stats.ctimeMs);
    if (newest === undefined || time > newest.time) {
      newest = { time, line: `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}` };
    }
  }
  return { digest: digestOf([lines.join("\n")]), newest: newest?.line };
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set([""]);
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) {
        break;
      }
      folders.add(folder);
    }
  }
  return folders;
}
