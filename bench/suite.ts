import type { Case } from "./results.ts";
import type { World } from "./world.ts";

/** A file of `bench/suites/`, called as its name says. */
export interface Suite {
  readonly summary: string;
  /** How it is measured, in sentences for the reader of the results. */
  readonly method: readonly string[];
  /** Cases in the order in which they are shown; each is given as soon as it is measured. */
  run(world: World): Iterable<Case> | AsyncIterable<Case>;
}

export function defineSuite(suite: Suite): Suite {
  return suite;
}
