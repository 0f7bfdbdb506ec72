import { fit } from "./fuzzy.ts";

/** A task as the picker shows it. */
export interface Entry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
}

export interface Ranked {
  readonly entry: Entry;
  /** Letters of the name that were typed, in UTF-16 units. */
  readonly at: readonly number[];
}

/** The entries that fit every word of the query, best first; with no query all, as they come. */
export function rank(entries: readonly Entry[], query: string): readonly Ranked[] {
  const words = query.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) {
    return entries.map((entry) => ({ entry, at: [] }));
  }
  return entries
    .flatMap((entry, order) => {
      const fits = words.map((word) => fitEntry(entry, word));
      return fits.some((found) => found === undefined)
        ? []
        : [{ entry, order, score: sum(fits), at: [...new Set(fits.flatMap((found) => found?.at ?? []))] }];
    })
    .toSorted((a, b) => b.score - a.score || a.order - b.order)
    .map(({ entry, at }) => ({ entry, at }));
}

function sum(fits: readonly ({ readonly score: number } | undefined)[]): number {
  return fits.reduce((total, found) => total + (found?.score ?? 0), 0);
}

/** An alias that is typed whole is meant; a summary counts where it has the word as it was typed. */
function fitEntry(
  { name, aliases, summary }: Entry,
  word: string
): { score: number; at: readonly number[] } | undefined {
  if (aliases.includes(word)) {
    return { score: 1000, at: [] };
  }
  const inName = fit(word, name);
  if (inName !== undefined) {
    return { score: inName.score + 20, at: inName.at };
  }
  return summary.toLowerCase().includes(word.toLowerCase()) ? { score: 0, at: [] } : undefined;
}
