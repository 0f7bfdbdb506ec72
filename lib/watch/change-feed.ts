import type { Change } from "./change.ts";
import { FolderWatch } from "./folder-watch.ts";
import { WatchedFiles, type WatchScope } from "./watched-files.ts";

export interface FeedOptions extends WatchScope {
  /** Files must be quiet for so long, in milliseconds, before a change counts. */
  readonly debounceMs: number;
}

/** A project whose files never rest is looked at all the same, after so many milliseconds. */
const longestWait = 2000;

/** The changes of a project's files, gathered until they rest. */
export class ChangeFeed implements Disposable {
  readonly #files: WatchedFiles;
  readonly #folders: FolderWatch;
  readonly #debounceMs: number;
  readonly #touched = new Set<string>();
  #firstTouch = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: PromiseWithResolvers<readonly Change[]> | undefined;
  #looking: Promise<void> = Promise.resolve();
  #gathered: readonly Change[] = [];
  #failed: { readonly error: unknown } | undefined;

  private constructor(files: WatchedFiles, debounceMs: number) {
    this.#files = files;
    this.#debounceMs = debounceMs;
    this.#folders = new FolderWatch(files.root, (path) => this.#touch(path));
  }

  /** Rejects with a `ProblemError` where the files cannot be listed or watched. */
  static async open(options: FeedOptions): Promise<ChangeFeed> {
    const feed = new ChangeFeed(await WatchedFiles.list(options), options.debounceMs);
    try {
      feed.#watchAll();
      return feed;
    } catch (error) {
      feed[Symbol.dispose]();
      throw error;
    }
  }

  get counts(): { readonly files: number; readonly folders: number } {
    return { files: this.#files.count, folders: this.#folders.count };
  }

  /** The next changes, or those that came since the last call. One caller at a time. Rejects where watching has failed. */
  next(): Promise<readonly Change[]> {
    this.#waiting ??= Promise.withResolvers();
    const { promise } = this.#waiting;
    this.#settle();
    return promise;
  }

  /** No longer tells of this file. */
  mute(path: string): void {
    this.#files.mute(path);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#folders.close();
  }

  /** Those that are watched only from now on. */
  #watchAll(): readonly string[] {
    return [...this.#files.folders()].filter((folder) => this.#folders.add(folder));
  }

  #touch(path: string): void {
    if (this.#files.isForeign(path)) {
      return;
    }
    const now = performance.now();
    if (this.#touched.size === 0) {
      this.#firstTouch = now;
    }
    this.#touched.add(path);
    clearTimeout(this.#timer);
    const wait = Math.min(this.#debounceMs, Math.max(0, this.#firstTouch + longestWait - now));
    this.#timer = setTimeout(() => {
      // One look after the other: each compares with what the one before saw.
      this.#looking = this.#looking.then(() => this.#look());
    }, wait);
  }

  async #look(): Promise<void> {
    let touched: readonly string[] = [...this.#touched];
    this.#touched.clear();
    try {
      this.#folders.renew(touched);
      while (touched.length > 0) {
        const { changes, gone } = await this.#files.look(touched);
        for (const folder of gone) {
          this.#folders.forget(folder);
        }
        const byPath = new Map([...this.#gathered, ...changes].map((change) => [change.path, change]));
        this.#gathered = [...byPath.values()];
        // What came into a new folder before it was watched.
        touched = this.#watchAll();
      }
    } catch (error) {
      this.#failed = { error };
    }
    this.#settle();
  }

  #settle(): void {
    if (this.#failed !== undefined) {
      this.#waiting?.reject(this.#failed.error);
      this.#waiting = undefined;
    } else if (this.#waiting !== undefined && this.#gathered.length > 0) {
      this.#waiting.resolve(this.#gathered);
      this.#waiting = undefined;
      this.#gathered = [];
    }
  }
}
