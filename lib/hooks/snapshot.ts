import { callGit } from "./git-call.ts";
import { nulList } from "./path-text.ts";
import type { IndexRead } from "./read-index.ts";
import type { Place } from "./place.ts";

type Indexed = Pick<IndexRead, "heldIndex" | "hidden">;

/**
 * Writes the staged content of files below a folder, as a checkout would: filters, line endings and modes of git.
 * Rejects with a `ProblemError`, for one where the disk is full.
 */
export async function checkOut(
  place: Place,
  { heldIndex, hidden }: Indexed,
  paths: readonly string[],
  folder: string
): Promise<void> {
  if (paths.length === 0) {
    return;
  }
  const sparse = paths.some((path) => hidden.skipped.has(path)) ? ["--ignore-skip-worktree-bits"] : [];
  const args = ["checkout-index", "--quiet", "--force", ...sparse, "-z", "--stdin", `--prefix=${folder}/`];
  await callGit(place, args, { index: heldIndex, input: nulList(paths) });
}

/** Fills a folder with staged files as they are asked for; those that are asked for at once cost one process. */
export class Snapshot {
  readonly folder: string;
  readonly #place: Place;
  readonly #indexed: Indexed;
  readonly #written = new Map<string, Promise<void>>();
  #next: string[] = [];

  constructor(place: Place, indexed: Indexed, folder: string) {
    this.#place = place;
    this.#indexed = indexed;
    this.folder = folder;
  }

  /** Resolves when all of them are there. */
  async need(paths: readonly string[]): Promise<void> {
    const missing = paths.filter((path) => !this.#written.has(path));
    if (missing.length > 0) {
      if (this.#next.length === 0) {
        this.#begin();
      }
      this.#next.push(...missing);
      for (const path of missing) {
        this.#written.set(path, this.#current);
      }
    }
    await Promise.all(new Set(paths.map((path) => this.#written.get(path))));
  }

  #current: Promise<void> = Promise.resolve();

  /** Waits until the callers of this moment have all said what they need. */
  #begin(): void {
    this.#current = Promise.resolve().then(() => {
      const paths = this.#next;
      this.#next = [];
      return checkOut(this.#place, this.#indexed, paths, this.folder);
    });
    this.#current.catch(() => undefined);
  }
}
