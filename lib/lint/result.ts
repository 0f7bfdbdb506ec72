import { type Finding, severityAtLeast, type Severity } from "../core/finding.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { TaskId } from "../core/task-id.ts";
import type { TargetGroup } from "./targets.ts";
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

export function countOf(groups: readonly TargetGroup[]): number {
  return groups.reduce((sum, { entries }) => sum + entries.length, 0);
}

export function countText(count: number): string {
  return `${count} ${count === 1 ? "file" : "files"}`;
}

/** How much of a run was spared, as a part of its note; empty where nothing was. */
export function fromCache(known: number, count: number): string {
  return known === 0 ? "" : known >= count ? "from the cache" : `${known} from the cache`;
}

/** Findings of several calls in the order of the files, so that it makes no difference which of them were known. */
export function inFileOrder(findings: readonly Finding[], groups: readonly TargetGroup[]): readonly Finding[] {
  if (findings.length < 2) {
    return findings;
  }
  const places = new Map<string, number>();
  for (const { entries } of groups) {
    for (const { path } of entries) {
      places.set(path, places.get(path) ?? places.size);
    }
  }
  const placeOf = ({ path }: Finding): number => places.get(path) ?? places.size;
  return findings.toSorted((a, b) => placeOf(a) - placeOf(b));
}
