import type { CompletionSource } from "../core/flag.ts";
import type { CallableTask } from "../core/split-words.ts";
import type { AnyTask } from "../core/task.ts";

/** What completion knows of a task: no more than a manifest holds. */
export interface KnownTask extends CallableTask {
  readonly definition: Pick<AnyTask, "summary" | "aliases" | "hidden" | "args" | "flags" | "takesCommand">;
}

export interface KnownTasks {
  resolve(word: string): KnownTask | undefined;
  /** By name. */
  all(): readonly KnownTask[];
}

/** A value that could stand in place of the word that is being typed. */
export interface Candidate {
  readonly value: string;
  readonly description?: string;
  /** More is to follow: no space behind it. */
  readonly open?: true;
}

/** What could stand where the cursor is. */
export interface Wanted {
  /** The part of the word that stays as it is, such as `--tool=ruff,`. */
  readonly kept: string;
  /** What is typed of the value itself. */
  readonly typed: string;
  readonly values: readonly Candidate[];
  /** Values that only the project or the machine knows. */
  readonly source?: CompletionSource;
  /** Left out of what the source gives: a list has them already. */
  readonly taken: readonly string[];
  /** Where none of the above begins with what is typed. */
  readonly otherwise: readonly Candidate[];
}
