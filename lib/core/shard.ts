/** One of several equal parts of a run, such as the runners of a CI take. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** `2/4` is the second of four; `undefined` where the text is nothing like it. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = (/^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? []).map(Number);
  return index === undefined || count === undefined || index > count ? undefined : { index, count };
}

/**
 * Whether a shard has this path: each path is in exactly one, in the same one wherever it is computed, and stays there
 * when other files come and go. xxHash32 with seed 0, as <https://xxhash.com> specifies it.
 */
export function isInShard(path: string, shard: Shard | undefined): boolean {
  return shard === undefined || Bun.hash.xxHash32(path) % shard.count === shard.index - 1;
}
