import { type Finding, severityAtLeast, type Severity } from "../core/finding.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { TaskId } from "../core/task-id.ts";
import type { TaskIo } from "./task-io.ts";

/** Reports findings, marks those below the bar, and returns how many are not. */
export function reportAll(findings: readonly Finding[], bar: Severity, io: TaskIo): number {
  let failing = 0;
  for (const finding of findings) {
    const fails = severityAtLeast(finding.severity, bar);
    if (fails) {
      failing += 1;
    }
    io.report(fails ? finding : { ...finding, mild: true });
  }
  return failing;
}

export function resultOf(id: TaskId, failing: number, problems: readonly Problem[], note: string): TaskResult {
  if (failing === 0 && problems.length === 0) {
    return { status: "passed", note };
  }
  const found: readonly Problem[] = failing === 0 ? [] : [{ kind: "findings", id, count: failing }];
  return { status: "failed", problems: [...found, ...problems], note };
}

export function nothingToDo(why: string): TaskResult {
  return { status: "skipped", reason: { kind: "nothing-to-do", why } };
}
