import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { GitOptions } from "../git/git.ts";
import { listBelow } from "../git/project.ts";
import type { Change } from "./change.ts";
import { emptyFolders } from "./empty-folders.ts";

export interface WatchScope {
  /** The project's root, absolute. */
  readonly root: string;
  readonly git: GitOptions;
  /** Whether a change of this path counts, as the user's globs have it. */
  isMeant(path: string): boolean;
}

export interface Look {
  readonly changes: readonly Change[];
  /** Folders that are no longer there. */
  readonly gone: readonly string[];
}

/** Larger ones count as changed whenever they are saved, in bytes. */
const largestCompared = 16 * 1024 * 1024;

/** The files of a project that git does not ignore, and what was last seen in each. */
export class WatchedFiles {
  readonly root: string;
  readonly #scope: WatchScope;
  readonly #muted = new Set<string>();
  /** Folders without a file, for the first that comes. */
  readonly #empty = new Set<string>();
  /** By path; the id that git has for the content, where it is known. */
  readonly #seen: Map<string, string | undefined>;

  private constructor(scope: WatchScope, seen: Map<string, string | undefined>) {
    this.root = scope.root;
    this.#scope = scope;
    this.#seen = seen;
  }

  /** Rejects with a `ProblemError` where git fails. */
  static async list(scope: WatchScope): Promise<WatchedFiles> {
    const { files } = await listBelow(scope.root, [], scope.git);
    return new WatchedFiles(scope, new Map(files.map(({ path, blob }) => [path, blob])));
  }

  get count(): number {
    return this.#seen.size;
  }

  /** All folders that hold files, those above them, and new ones without a file; `""` is the root. */
  folders(): ReadonlySet<string> {
    const folders = new Set<string>(["", ...this.#empty]);
    for (const path of this.#seen.keys()) {
      for (let folder = parentOf(path); !folders.has(folder); folder = parentOf(folder)) {
        folders.add(folder);
      }
    }
    return folders;
  }

  /** True for what belongs to git, and for what is muted. */
  isForeign(path: string): boolean {
    return path === ".git" || path.startsWith(".git/") || path.includes("/.git/") || this.#muted.has(path);
  }

  mute(path: string): void {
    this.#muted.add(path);
  }

  /** What became of these paths, files or folders; what was saved with the content that it had is no change. */
  async look(touched: readonly string[]): Promise<Look> {
    // Other files may count from now on, and others no longer.
    const isAll = touched.some((path) => path === "" || path.endsWith(".gitignore"));
    const below = isAll ? [] : touched;
    const { files } = await listBelow(this.root, below, this.#scope.git);
    const present = new Set(files.map(({ path }) => path));
    const changes = files.flatMap(({ path }) => this.#changeOf(path));
    const gone = new Set<string>();
    for (const path of this.#knownBelow(below)) {
      if (present.has(path)) {
        continue;
      }
      this.#seen.delete(path);
      if (this.#isThere(path)) {
        continue;
      }
      changes.push({ path, kind: "deleted" });
      const folder = parentOf(path);
      if (folder !== "" && !this.#isThere(folder)) {
        gone.add(folder);
      }
    }
    await this.#lookForEmpty(below, present, gone);
    return {
      changes: changes.filter(({ path }) => !this.#muted.has(path) && this.#scope.isMeant(path)),
      gone: [...gone],
    };
  }

  async #lookForEmpty(touched: readonly string[], present: ReadonlySet<string>, gone: Set<string>): Promise<void> {
    for (const folder of this.#empty) {
      if (!this.#isThere(folder)) {
        this.#empty.delete(folder);
        gone.add(folder);
      }
    }
    const others = touched.filter((path) => !present.has(path) && this.#isThere(path));
    for (const folder of others.length === 0 ? [] : await emptyFolders(this.root, others, this.#scope.git)) {
      this.#empty.add(folder);
    }
  }

  #changeOf(path: string): readonly Change[] {
    const isKnown = this.#seen.has(path);
    const before = this.#seen.get(path);
    const now = contentId(join(this.root, path), before?.length === 64 ? "sha256" : "sha1");
    if (now === "gone") {
      return [];
    }
    this.#seen.set(path, now);
    return isKnown && now !== undefined && now === before ? [] : [{ path, kind: isKnown ? "changed" : "added" }];
  }

  #knownBelow(touched: readonly string[]): readonly string[] {
    if (touched.length === 0) {
      return [...this.#seen.keys()];
    }
    const named = new Set(touched);
    const isBelow = (path: string): boolean => {
      for (let at = path; at !== ""; at = parentOf(at)) {
        if (named.has(at)) {
          return true;
        }
      }
      return false;
    };
    return [...this.#seen.keys()].filter(isBelow);
  }

  #isThere(path: string): boolean {
    return lstatSync(join(this.root, path), { throwIfNoEntry: false }) !== undefined;
  }
}

function parentOf(path: string): string {
  const folder = dirname(path);
  return folder === "." ? "" : folder;
}

/** As git names a blob without filters; undefined where it is too large or cannot be read. */
function contentId(file: string, algorithm: "sha1" | "sha256"): string | undefined {
  try {
    const state = lstatSync(file);
    if (state.isDirectory() || state.size > largestCompared) {
      return undefined;
    }
    const bytes = state.isSymbolicLink() ? Buffer.from(readlinkSync(file)) : readFileSync(file);
    return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "gone" : undefined;
  }
}
