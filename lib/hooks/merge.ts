import { ProblemError } from "../core/problem.ts";
import { gitProblem } from "../git/git.ts";
import { tryGit } from "./git-call.ts";
import type { Place } from "./place.ts";

/** Absolute paths, ASCII below the run's folder. */
export interface ThreeWays {
  /** What the user has. */
  readonly ours: string;
  /** What is staged. */
  readonly base: string;
  /** What the fixers made of it. */
  readonly theirs: string;
}

/** Processes of git at once. */
const atOnce = 4;

/** As many exit codes as there can be conflicts; above it merged nothing. */
const mostConflicts = 127;

/** The user's content with the fix in it; `conflict` where both changed the same lines, or where it is binary. Rejects with a `ProblemError`. */
export async function mergeFix(place: Place, { ours, base, theirs }: ThreeWays): Promise<Uint8Array | "conflict"> {
  const args = ["merge-file", "-p", ours, base, theirs];
  const result = await tryGit(place, args);
  if (result.exitCode === 0) {
    return result.stdout;
  }
  if (result.exitCode <= mostConflicts || /cannot merge binary files/i.test(result.stderr)) {
    return "conflict";
  }
  throw new ProblemError(gitProblem(args, result));
}

/** Applies a function to each, some at once, and keeps their order. */
export async function mapSome<T, R>(
  items: readonly T[],
  apply: (item: T, at: number) => Promise<R>,
  limit = atOnce
): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < items.length; at = next++) {
      results[at] = await apply(items[at] as T, at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return results;
}
