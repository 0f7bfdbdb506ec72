import type { ExitCode, StopSignal } from "./exit-code.ts";
import type { Finding } from "./finding.ts";
import type { Problem } from "./problem.ts";
import type { Lock, SkipReason } from "./task.ts";
import type { TaskId } from "./task-id.ts";

/** The version of the NDJSON events; it rises when a reader of the old ones would be misled. */
export const eventVersion = 1;

export type Outcome =
  | { readonly status: "passed"; readonly note?: string }
  | {
      readonly status: "failed";
      readonly problems: readonly Problem[];
      readonly note?: string;
      /** What `k` ends with, where this task is a program that the user called. */
      readonly exitCode?: number;
    }
  | { readonly status: "skipped"; readonly reason: SkipReason }
  | { readonly status: "cancelled" };

export interface PlannedRow {
  readonly id: TaskId;
  readonly summary: string;
  readonly needs: readonly TaskId[];
  /** True for a task that only gathers others: it has nothing of its own to show. */
  readonly group: boolean;
  /** True for a task that the user named. */
  readonly asked: boolean;
  readonly interactive: boolean;
  /** It starts behind these too, however they end. */
  readonly after?: readonly TaskId[];
  readonly locks?: readonly Pick<Lock, "name" | "mode">[];
}

/** What a run says as it goes; `at` is in milliseconds since the run began. */
export type RunEvent =
  | {
      readonly type: "run-started";
      readonly version: typeof eventVersion;
      readonly tasks: readonly PlannedRow[];
      readonly at: number;
    }
  | { readonly type: "task-started"; readonly id: TaskId; readonly attempt: number; readonly at: number }
  | {
      readonly type: "task-progress";
      readonly id: TaskId;
      readonly text?: string;
      readonly done?: number;
      readonly total?: number;
      readonly at: number;
    }
  /** Output of the task's processes, in the order in which it arrived; a chunk may end inside a line, never inside a character. */
  | {
      readonly type: "task-output";
      readonly id: TaskId;
      readonly stream: "stdout" | "stderr" | "log";
      readonly text: string;
      readonly at: number;
    }
  | { readonly type: "task-finding"; readonly id: TaskId; readonly finding: Finding; readonly at: number }
  | {
      readonly type: "task-finished";
      readonly id: TaskId;
      readonly outcome: Outcome;
      readonly duration: number;
      readonly at: number;
    }
  | { readonly type: "run-stopping"; readonly signal: StopSignal; readonly at: number }
  | { readonly type: "run-finished"; readonly exitCode: ExitCode; readonly at: number };

/** Turns events into text; it steers nothing. */
export interface Renderer {
  handle(event: RunEvent): void;
  /** Resolves when all text is out; called once, after `run-finished`. */
  finish(): Promise<void>;
}

/** Where a renderer writes. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Both false in a pipe, under `NO_COLOR`, `TERM=dumb` and so on: decided once, in `lib/cli`. */
  readonly colour: boolean;
  readonly live: boolean;
  /** Asked each time it matters: a window may be resized. */
  columns(): number;
  /** As `columns`; how many lines may be drawn over. */
  rows(): number;
}
