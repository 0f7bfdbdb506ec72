import type { Kind } from "../results.ts";
import type { Repository } from "../repository.ts";
import type { World } from "../world.ts";

/** What each commit runs: so many jobs, each the same program over all staged files. */
export interface Work {
  readonly jobs: number;
  /** Absolute; it does nothing. */
  readonly program: string;
}

/** One way to have git run the work with each commit. */
export interface Manager {
  readonly name: string;
  readonly kind: Kind;
  /** False of floors that show what a hook costs at least. */
  readonly runsJobs: boolean;
  /** What commits happen in. */
  env(world: World): Readonly<Record<string, string>>;
  /** Its config, for the first commit of the repository. */
  files(work: Work): Readonly<Record<string, string>>;
  /** As its documentation says to do it. */
  install(repository: Repository, world: World): void;
}

export function jobNames({ jobs }: Work): readonly string[] {
  return Array.from({ length: jobs }, (_, index) => `job-${String(index + 1).padStart(2, "0")}`);
}
