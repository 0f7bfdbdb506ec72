import { type GitResult, runGit } from "../git/git.ts";
import { threadWords } from "../git/index-threads.ts";
import { type IndexSignature, isSameIndex, signIndex } from "./index-file.ts";
import { type Place, usualPlace } from "./place.ts";
import { statusArguments } from "./status-arguments.ts";

/** What git was asked of an index before anything else was known. */
interface Ahead {
  /** Absolute. */
  readonly index: string;
  readonly signature: IndexSignature;
  /** When, by `Date.now()`. */
  readonly began: number;
  readonly status: Promise<GitResult>;
  readonly stop: AbortController;
}

let ahead: Ahead | undefined;

/** Has git look at the index while `k` still loads: it takes as long for it as `k` for its own start. `root` is absolute. */
export function startStatusAhead(root: string, env: Place["env"]): void {
  const place = usualPlace(root, { env });
  const signature = place === undefined ? undefined : signIndex(place.index);
  if (place === undefined || signature === undefined) {
    return;
  }
  const stop = new AbortController();
  const began = Date.now();
  const status = runGit([...threadWords(signature.mark.size), ...statusArguments], {
    env: { ...env, GIT_INDEX_FILE: place.index },
    cwd: place.top,
    signal: stop.signal,
  });
  ahead = { index: place.index, signature, began, status, stop };
}

/** What git printed for `statusArguments`, and when it was asked. */
export interface Told {
  readonly bytes: Uint8Array;
  /** By `Date.now()`. */
  readonly began: number;
}

/**
 * What git said of exactly this index (`held` is its signature), once; undefined where it was not asked, failed, or may have seen
 * another one: the index was the same before it began and after it ended, and git never writes into one.
 */
export async function takeStatusAhead(place: Place, held: IndexSignature | undefined): Promise<Told | undefined> {
  const taken = ahead;
  ahead = undefined;
  if (taken === undefined) {
    return undefined;
  }
  const abort = (): void => taken.stop.abort();
  if (taken.index !== place.index || !isSameIndex(taken.signature, held)) {
    abort();
    return undefined;
  }
  place.signal?.addEventListener("abort", abort, { once: true });
  const { exitCode, stdout } = await taken.status;
  place.signal?.removeEventListener("abort", abort);
  const isGood = exitCode === 0 && isSameIndex(signIndex(place.index), held);
  return isGood ? { bytes: stdout, began: taken.began } : undefined;
}
