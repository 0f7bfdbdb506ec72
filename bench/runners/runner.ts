import type { Kind } from "../results.ts";
import type { Repository } from "../repository.ts";

type Argv = readonly [string, ...string[]];

/** What a project has: tasks that each run one program, and one that needs the first of them at once. */
export interface Tasks {
  readonly names: readonly string[];
  /** Absolute; it does nothing. */
  readonly program: string;
  /** How many of them `all` needs. */
  readonly parallel: number;
}

/** A program that runs the tasks of a project. */
export interface Runner {
  readonly name: string;
  readonly kind: Kind;
  readonly env: Readonly<Record<string, string>>;
  files(tasks: Tasks): Readonly<Record<string, string>>;
  /** Whatever its user does once. */
  prepare(repository: Repository): void;
  readonly version: Argv;
  /** Undefined where it has no list of tasks. */
  readonly list: Argv | undefined;
  run(task: string): Argv;
  /** All that `all` needs. */
  runAll(tasks: Tasks): Argv;
  readonly completion: Completion | undefined;
}

/** How bash completes it. */
export interface Completion {
  /** Prints the script that bash loads. */
  readonly script: Argv;
  readonly scriptEnv?: Readonly<Record<string, string>>;
  readonly command: string;
  /** The words before the one that TAB is pressed behind. */
  readonly before: readonly string[];
}

export function taskNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `work-${String(index + 1).padStart(4, "0")}`);
}
