import type { Outcome } from "../core/event.ts";
import type { ExitCode } from "../core/exit-code.ts";
import type { TaskId } from "../core/task-id.ts";
import type { GitHead } from "./git-head.ts";

/** What is known of a run when it begins. */
export interface RunStart {
  /** The words behind `k`. */
  readonly argv: readonly string[];
  /** Where they were typed, absolute. */
  readonly cwd: string;
  /** The project, absolute. */
  readonly root: string;
  /** Of `k`. */
  readonly version: string;
  readonly head: GitHead;
  /** Set where it was only what had failed in another run. */
  readonly failedOf?: string;
  /** Set where something in `argv` was secret, so that it is not what was typed. */
  readonly hasSecret?: true;
}

/** The version of the lines; it rises when a reader of the old ones would be misled. */
export const linesVersion = 1;

/** A task of the plan. */
export interface PlannedLine {
  readonly id: TaskId;
  readonly needs: readonly TaskId[];
  /** True for a task that only gathers others. */
  readonly group: boolean;
  /** True for one that the user named. */
  readonly asked: boolean;
}

/** The lines of a run's record, in the order in which they are written: one of the first kind, then the others. */
export type Line =
  | (RunStart & {
      readonly type: "run-started";
      readonly format: typeof linesVersion;
      readonly at: string;
      readonly owner: string;
      readonly tasks: readonly PlannedLine[];
    })
  | {
      readonly type: "task-finished";
      readonly id: TaskId;
      readonly status: Outcome["status"];
      /** In milliseconds, as all times here. */
      readonly at: number;
      readonly duration: number;
      readonly attempts: number;
      readonly findings: number;
      /** Of its log, in bytes; 0 where it has none. */
      readonly logged: number;
      readonly note?: string;
      /** Why it was skipped. */
      readonly reason?: string;
      /** The task whose failure was the reason. */
      readonly need?: TaskId;
      readonly problems?: readonly { readonly text: string; readonly hint?: string }[];
    }
  | { readonly type: "run-finished"; readonly at: number; readonly exitCode: ExitCode };

export type StartedLine = Extract<Line, { type: "run-started" }>;
export type TaskLine = Extract<Line, { type: "task-finished" }>;
