import type { TaskId } from "../../core/task-id.ts";

/** A stretch of time, in milliseconds since the run began. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Undefined for what no task is the cause of. */
  readonly task: TaskId | undefined;
}

export type Span =
  /** A place that a task had; a task with much to do may have had several. */
  | (Stretch & { readonly kind: "place"; readonly place: number })
  | (Stretch & {
      readonly kind: "wait";
      readonly what: "locks" | "machine lock" | "place";
      readonly locks: readonly string[];
    })
  | (Stretch & { readonly kind: "lock"; readonly lock: string; readonly mode: "exclusive" | "shared" })
  | (Stretch & {
      readonly kind: "process";
      readonly argv: readonly string[];
      readonly cwd: string;
      readonly pid: number | undefined;
      readonly end: string;
    });
