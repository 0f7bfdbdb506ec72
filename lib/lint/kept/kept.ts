import { join } from "node:path";
import { type Result, Store } from "../../cache/store.ts";
import { digestOf } from "../../cache/digest.ts";
import { keepList } from "../../cache/history.ts";
import { isTooLarge, pruneStore } from "../../cache/upkeep.ts";
import type { RecipeParts } from "./recipe.ts";
import type { Listing } from "./listing.ts";

/** The file of kept results below `k`'s cache folder. */
export const storeName = "results.db";

/** What the last whole run of a tool rested on: the digest of the files, the recipe, and the digest of what git ignores. */
export interface Latest {
  readonly list: string;
  readonly parts: RecipeParts;
  readonly outside: string;
}

function latestList(root: string): string {
  return `latest ${digestOf([root])}`;
}

/** What a session keeps between runs, and what waits until it is known that no file changed while the tools were at work. */
export class Kept {
  readonly store: Store;
  readonly #results: Result[] = [];
  readonly #runs = new Map<string, string>();
  readonly #latest = new Map<string, string>();
  readonly #maxBytes: number;

  /** The folder is absolute. */
  constructor(cacheFolder: string, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.store = new Store({ file: join(cacheFolder, storeName), now: Date.now });
  }

  /** Answers that rest on every file of the project. */
  keepLater(results: readonly Result[]): void {
    this.#results.push(...results);
  }

  /** What a whole run of one tool came to. */
  keepRun(key: string, said: string): void {
    this.#runs.set(key, said);
  }

  /** On what the last whole run of a tool rested, for whoever asks what changed since. */
  noteLatest(tool: string, action: string, about: Omit<Latest, "list">): void {
    this.#latest.set(`${action} ${tool}`, JSON.stringify(about));
  }

  /** Undefined where nothing is known of it. */
  latest(root: string, tool: string, action: string): Latest | undefined {
    const text = this.store.runs(latestList(root)).get(`${action} ${tool}`);
    return text === undefined ? undefined : (JSON.parse(text) as Latest);
  }

  /** Writes what waits, if the files are still those of the listing. */
  async settle(listing: Listing | undefined): Promise<void> {
    if (listing === undefined || !(await listing.keepRuns(this.#runs, this.#results.length > 0))) {
      return;
    }
    this.store.keep(this.#results);
    const list = await listing.digest();
    const today = Math.floor(Date.now() / 86_400_000);
    keepList(this.store, list, await listing.contents(), today);
    const latest = [...this.#latest].map(([key, about]): [string, string] => [
      key,
      JSON.stringify({ ...(JSON.parse(about) as Omit<Latest, "list">), list }),
    ]);
    this.store.keepRuns(latestList(listing.root), new Map(latest));
    if (isTooLarge(this.store, this.#maxBytes)) {
      pruneStore(this.store, today, { days: 30, maxBytes: this.#maxBytes * 0.8, compact: false });
    }
  }

  close(): void {
    this.store.close();
  }
}
