import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isPlainFile } from "./plain-file.ts";
import { isSettled, statLine } from "./stat-line.ts";
import { textOf } from "./text-of.ts";

/** A file as it was when it was last loaded, and what it declared. */
interface Entry<T> {
  readonly stat: string;
  readonly declared: T;
}

interface Stored<T> {
  readonly folder: string;
  /** What the declarations rest on beside their own files. */
  readonly base: string;
  readonly entries: Readonly<Record<string, Entry<T>>>;
}

/**
 * What files of one folder declare, kept by their size and times, so that they need not be loaded to know it. It only ever saves
 * work: one that is lost, broken, of another folder or of another `k` is as good as none.
 */
export class DeclarationCache<T> {
  readonly #file: string;
  readonly #folder: string;
  readonly #base: string;
  readonly #before: Readonly<Record<string, Entry<T>>>;
  readonly #now: Record<string, Entry<T>> = {};
  #changed = false;

  /**
   * `cacheFolder` and `folder` are absolute; `kind` keeps apart what is asked for apart, for a cache forgets what it is not asked for;
   * `base` stands for all that the declarations rest on beside their files, and its first word for the sort of `k`: a binary and a
   * source that are used in turns do not take away each other's.
   */
  constructor(cacheFolder: string, kind: string, folder: string, base: string) {
    this.#file = join(cacheFolder, kind, `${Bun.hash(folder).toString(16)}-${base.split(" ", 1)[0]}.json`);
    this.#folder = folder;
    this.#base = base;
    this.#before = this.#read();
  }

  /** What a file (a path below the folder) declares; undefined where it has to be loaded to know. */
  get(path: string): T | undefined {
    const entry = Object.hasOwn(this.#before, path) ? this.#before[path] : undefined;
    if (entry === undefined || entry.stat !== statLine(join(this.#folder, path))) {
      return undefined;
    }
    this.#now[path] = entry;
    return entry.declared;
  }

  /** How a file stands, to be asked for before it is loaded; undefined while it may change without another time. */
  statOf(path: string): string | undefined {
    const stat = statLine(join(this.#folder, path));
    return stat !== undefined && isSettled(stat, Date.now()) ? stat : undefined;
  }

  /** The same, undefined too where what the file declares may be another thing another time. */
  plainStatOf(path: string): string | undefined {
    const stat = this.statOf(path);
    return stat !== undefined && isPlainFile(textOf(join(this.#folder, path))) ? stat : undefined;
  }

  put(path: string, stat: string, declared: T): void {
    this.#now[path] = { stat, declared };
    this.#changed = true;
  }

  /** Writes down what is new. A folder that takes no file has no cache. */
  save(): void {
    if (!this.#changed && Object.keys(this.#before).length === Object.keys(this.#now).length) {
      return;
    }
    const stored: Stored<T> = { folder: this.#folder, base: this.#base, entries: this.#now };
    const temporary = `${this.#file}.${process.pid}`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
      writeFileSync(temporary, JSON.stringify(stored));
      renameSync(temporary, this.#file);
    } catch {
      drop(temporary);
    }
  }

  #read(): Stored<T>["entries"] {
    try {
      const stored = JSON.parse(readFileSync(this.#file, "utf8")) as Partial<Stored<T>>;
      const isOurs = stored.folder === this.#folder && stored.base === this.#base;
      return isOurs && typeof stored.entries === "object" ? stored.entries : {};
    } catch {
      return {};
    }
  }
}

/** What could not be written may not have come to be either. */
function drop(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // nothing is there, nor can be
  }
}
