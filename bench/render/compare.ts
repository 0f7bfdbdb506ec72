import type { Case, Measurement } from "../results.ts";
import { isLevel, type Summary, summarize } from "../stats.ts";

/** A contender that has times. */
export interface Ranked {
  readonly measurement: Measurement;
  readonly summary: Summary;
}

/** Fastest first; those that failed are left out. */
export function ranked({ measurements }: Case): readonly Ranked[] {
  return measurements
    .filter(({ times }) => times.length > 0)
    .map((measurement) => ({ measurement, summary: summarize(measurement.times) }))
    .toSorted((a, b) => a.summary.median - b.summary.median);
}

/** What `k` is in this case: the form that its users have, the first that was measured. */
export function ownOf(one: Case): Ranked | undefined {
  const first = one.measurements.find(({ kind, times }) => kind === "k" && times.length > 0);
  return ranked(one).find(({ measurement }) => measurement === first);
}

export function floorOf(one: Case): Ranked | undefined {
  const first = one.measurements.find(({ kind, times }) => kind === "floor" && times.length > 0);
  return ranked(one).find(({ measurement }) => measurement === first);
}

export interface Verdict {
  readonly own: Ranked;
  /** Peers that are faster, the fastest first. */
  readonly faster: readonly Ranked[];
  /** Peers that are neither: the middle halves of the runs touch. */
  readonly level: readonly Ranked[];
  readonly slower: readonly Ranked[];
}

/** Undefined where `k` has no times, or no peer has any. */
export function verdict(one: Case): Verdict | undefined {
  const own = ownOf(one);
  const peers = ranked(one).filter(({ measurement }) => measurement.kind === "peer");
  if (own === undefined || peers.length === 0) {
    return undefined;
  }
  const level = peers.filter(({ summary }) => isLevel(summary, own.summary));
  const apart = peers.filter((peer) => !level.includes(peer));
  return {
    own,
    level,
    faster: apart.filter(({ summary }) => summary.median < own.summary.median),
    slower: apart.filter(({ summary }) => summary.median > own.summary.median),
  };
}
