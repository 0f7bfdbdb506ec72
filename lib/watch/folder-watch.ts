import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import { errorCode } from "../host/file-problem.ts";

/** Hears of changes in folders, each watched by itself: what is not added costs nothing. */
export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #root: string;
  readonly #onChange: (path: string) => void;

  /** `onChange` gets paths relative to `root`; which of them is there must be looked up. */
  constructor(root: string, onChange: (path: string) => void) {
    this.#root = root;
    this.#onChange = onChange;
  }

  get count(): number {
    return this.#watchers.size;
  }

  /** Relative to the root, `""` for the root itself; true where it was not watched before. Throws a `ProblemError` where the system allows no more watches. */
  add(folder: string): boolean {
    if (this.#watchers.has(folder)) {
      return false;
    }
    try {
      const watcher = watch(join(this.#root, folder), (_, name) => this.#onChange(join(folder, name ?? "")));
      watcher.on("error", () => this.#drop(folder));
      this.#watchers.set(folder, watcher);
      return true;
    } catch (error) {
      const code = errorCode(error);
      if (code === "ENOSPC" || code === "EMFILE") {
        throw new ProblemError(tooMany(this.#watchers.size, code));
      }
      // A folder that is gone by now, or that may not be read, has nothing to tell.
      return false;
    }
  }

  /**
   * Watches anew those of these paths that are watched folders, and all below them: what their parent tells of them may be that
   * they were removed and made again, and a watch stays with the folder that is gone.
   */
  renew(paths: readonly string[]): void {
    const folders = paths.filter((path) => path !== "" && this.#watchers.has(path));
    if (folders.length === 0) {
      return;
    }
    const before = [...this.#watchers.keys()];
    for (const folder of folders) {
      this.forget(folder);
    }
    for (const folder of before) {
      this.add(folder);
    }
  }

  /** Ends the watches of a folder that is gone, and of all below it. */
  forget(folder: string): void {
    for (const known of this.#watchers.keys()) {
      if (known === folder || known.startsWith(`${folder}/`)) {
        this.#drop(known);
      }
    }
  }

  close(): void {
    for (const folder of [...this.#watchers.keys()]) {
      this.#drop(folder);
    }
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}

function tooMany(count: number, code: string): Problem {
  return {
    kind: "refused",
    what: `the system lets no more than ${count} folders be watched (${code})`,
    hint:
      code === "ENOSPC"
        ? "raise the limit: `sudo sysctl fs.inotify.max_user_watches=524288`"
        : "raise the limit: `ulimit -n 65536`",
  };
}
