import type { Outcome } from "../core/event.ts";
import type { PlannedTask } from "../core/plan.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { ExecResult, TaskResult } from "../core/task.ts";
import type { TaskId } from "../core/task-id.ts";
import { makeContext, type Surroundings } from "./context.ts";

/** Calls a task's function, and turns all that may come of it into an outcome. */
export async function runTask(planned: PlannedTask, signal: AbortSignal, around: Surroundings): Promise<Outcome> {
  const { definition, id } = planned.task;
  if (definition.run === undefined) {
    return { status: "passed" };
  }
  const requires: readonly string[] = definition.requires ?? [];
  const unmet = requires.length === 0 ? [] : ((await around.unmet?.(requires)) ?? []);
  if (unmet.length > 0) {
    return { status: "failed", problems: unmet };
  }
  try {
    return outcomeOf(await definition.run(makeContext(planned, signal, around)), id, signal);
  } catch (error) {
    if (signal.aborted) {
      return { status: "cancelled" };
    }
    return { status: "failed", problems: problemsOf(error, id) };
  }
}

function isResult(value: unknown): value is TaskResult {
  return (
    typeof value === "object" &&
    value !== null &&
    "status" in value &&
    ["passed", "failed", "skipped"].includes(String(value.status))
  );
}

/** What `exec` gives: a task that hands it on as it is leaves the judgement to us. */
function isExecResult(value: unknown): value is ExecResult {
  return typeof value === "object" && value !== null && "timedOut" in value && "exitCode" in value;
}

function outcomeOf(value: unknown, id: TaskId, { aborted }: AbortSignal): Outcome {
  if (isResult(value)) {
    return value;
  }
  if (!isExecResult(value) || value.exitCode === 0) {
    return { status: "passed" };
  }
  return aborted
    ? { status: "cancelled" }
    : { status: "failed", problems: [{ kind: "task-failed", id, exitCode: value.exitCode }] };
}

function problemsOf(error: unknown, id: TaskId): readonly Problem[] {
  if (error instanceof ProblemError) {
    return error.problems;
  }
  // zx throws what the process left behind.
  const exitCode = (error as { exitCode?: unknown } | null)?.exitCode;
  if (typeof exitCode === "number" && exitCode !== 0) {
    return [{ kind: "task-failed", id, exitCode }];
  }
  if (error instanceof Error) {
    return [
      { kind: "task-threw", id, message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) },
    ];
  }
  return [{ kind: "task-threw", id, message: String(error) }];
}
