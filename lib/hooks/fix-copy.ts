import { copyFileSync, lstatSync, mkdirSync, readFileSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";
import { fileProblem } from "../host/file-problem.ts";
import type { Fix, Fixes } from "./fix.ts";
import { folderOf, under } from "./path-text.ts";
import type { IndexRead, StagedFile } from "./read-index.ts";
import type { Place } from "./place.ts";
import { checkOut } from "./snapshot.ts";
import { isUntouched, lookAt, markOf } from "./working-file.ts";

/** What the fixers of a run made of their copies. */
export interface Collected {
  readonly fixes: Fixes;
  /** Files that a fixer deleted, or turned into something that is no file. */
  readonly lost: readonly string[];
  /** Files with text of which a fixer left nothing: that is an accident and no fix. */
  readonly emptied: readonly string[];
}

interface Base {
  readonly hash: string;
  readonly executable: boolean;
  /** It holds more than white space. */
  readonly hasText: boolean;
}

/**
 * A folder with copies of staged content for fixers to write in: one that dies, half-writes or deletes hurts a copy. All
 * fixers of a run share it, so that the second one on a file goes on from what the first one made; who keeps two from one
 * file at a time is the caller. The copies never come from a folder in which a job ran.
 */
export class FixCopy {
  /** Absolute; paths in it are relative to the top. */
  readonly folder: string;
  readonly #place: Place;
  readonly #read: IndexRead;
  readonly #bases = new Map<string, Base>();
  #busy: Promise<void> = Promise.resolve();

  constructor(place: Place, read: IndexRead, folder: string) {
    this.#place = place;
    this.#read = read;
    this.folder = folder;
  }

  /** Resolves when a copy of each of these staged files is there. Rejects with a `ProblemError`. */
  add(paths: readonly string[]): Promise<void> {
    const added = this.#busy.then(() => this.#add(paths));
    this.#busy = added.catch(() => undefined);
    return added;
  }

  /** What differs from what was copied. */
  collect(): Collected {
    const fixes = new Map<string, Fix>();
    const lost: string[] = [];
    const emptied: string[] = [];
    for (const [path, base] of this.#bases) {
      const copy = under(this.folder, path);
      const now = lookAt(copy);
      if (typeof now === "string") {
        lost.push(path);
        continue;
      }
      if (now.size === 0 && base.hasText) {
        emptied.push(path);
        continue;
      }
      const bytes = readFileSync(copy);
      const executable = (now.mode & 0o100) !== 0;
      if (hashOf(bytes) === base.hash && executable === base.executable) {
        continue;
      }
      fixes.set(path, {
        bytes,
        ...(executable === base.executable ? {} : { mode: executable ? "executable" : "file" }),
      });
    }
    return { fixes, lost, emptied };
  }

  async #add(paths: readonly string[]): Promise<void> {
    const wanted = [...new Set(paths)].filter((path) => !this.#bases.has(path)).map((path) => this.#file(path));
    const others = wanted.filter((file) => !this.#copyWorking(file)).map(({ path }) => path);
    await checkOut(this.#place, this.#read, others, this.folder);
    for (const { path } of wanted) {
      const copy = under(this.folder, path);
      const bytes = readFileSync(copy);
      this.#bases.set(path, {
        hash: hashOf(bytes),
        executable: (lstatSync(copy).mode & 0o100) !== 0,
        hasText: bytes.some((byte) => byte > 0x20),
      });
    }
  }

  #file(path: string): StagedFile {
    const file = this.#read.files.get(path);
    if (file === undefined || file.mode === "symlink") {
      throw new Error(`${path} is not a staged file`);
    }
    return file;
  }

  /** The working file where it holds what is staged: it has the user's own line endings. False where it does not. */
  #copyWorking({ path, working, mark }: StagedFile): boolean {
    const [from, to] = [under(this.#place.top, path), under(this.folder, path)];
    const isStaged = (): boolean => working === "same" && isUntouched(mark, markOf(from));
    try {
      mkdirSync(under(this.folder, folderOf(path)), { recursive: true });
      if (isStaged()) {
        copyFileSync(from, to);
      }
    } catch (error) {
      if (isStaged()) {
        throw new ProblemError(fileProblem(path, "not copied for its fixer", error));
      }
    }
    return isStaged();
  }
}

function hashOf(bytes: Uint8Array): string {
  return new Bun.CryptoHasher("sha256").update(bytes).digest("base64");
}
