import type { Outcome } from "../core/event.ts";
import type { PlannedTask } from "../core/plan.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { TaskId } from "../core/task-id.ts";
import { makeContext, type Surroundings } from "./context.ts";

/** Calls a task's function, and turns all that may come of it into an outcome. */
export async function runTask(planned: PlannedTask, signal: AbortSignal, around: Surroundings): Promise<Outcome> {
  const { definition, id } = planned.task;
  if (definition.run === undefined) {
    return { status: "passed" };
  }
  const missing = (definition.requires ?? []).filter(
    (program: string) => Bun.which(program, { PATH: around.env["PATH"] ?? "" }) === null
  );
  if (missing.length > 0) {
    return {
      status: "failed",
      problems: missing.map((tool: string) => ({
        kind: "tool-missing",
        tool,
        install: `install it: \`${id}\` runs it`,
      })),
    };
  }
  try {
    return outcomeOf(await definition.run(makeContext(planned, signal, around)));
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

function outcomeOf(value: unknown): Outcome {
  return isResult(value) ? value : { status: "passed" };
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
