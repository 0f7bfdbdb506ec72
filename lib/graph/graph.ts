import { compareText } from "../core/finding.ts";
import { type Catalog, expandNeed, needName, topological } from "../core/plan.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import type { Lock, Task } from "../core/task.ts";
import type { TaskId } from "../core/task-id.ts";
import { locksWithoutFlags } from "./task-locks.ts";

export interface GraphNode {
  readonly id: TaskId;
  readonly summary: string;
  readonly aliases: readonly string[];
  /** It only gathers others. */
  readonly group: boolean;
  readonly interactive: boolean;
  readonly destructive: boolean;
  readonly origin: Task["origin"];
  readonly locks: readonly Lock[];
}

/** From a task to what runs before it; `after` is order only, where both run. */
export interface GraphEdge {
  readonly from: TaskId;
  readonly to: TaskId;
  readonly kind: "needs" | "after";
}

export interface Graph {
  /** By name. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What the graph was asked for; empty where it is of all tasks. */
  readonly asked: readonly TaskId[];
}

/**
 * The tasks with all that they need, or all tasks where none is named; hidden ones only where something needs them. Throws a
 * `ProblemError` for a need that nobody is called, and for a circle: then there is no order, and no graph that would be of use.
 */
export function graphOf(catalog: Catalog, asked: readonly TaskId[], hidden: boolean): Graph {
  const starts =
    asked.length > 0 ? asked : catalog.ids().filter((id) => hidden || catalog.get(id)?.definition.hidden !== true);
  const problems: Problem[] = [];
  const needs = new Map<TaskId, readonly TaskId[]>();
  for (const queue = [...starts]; queue.length > 0; ) {
    const task = catalog.get(queue.shift() ?? ("" as TaskId));
    if (task !== undefined && !needs.has(task.id)) {
      const found = needsOf(task, catalog, problems);
      needs.set(task.id, found);
      queue.push(...found);
    }
  }
  const ids = [...needs.keys()].toSorted(compareText);
  const after = new Map(ids.map((id) => [id, afterOf(id, catalog, needs)]));
  problems.push(...circleOf(ids, needs, after, catalog));
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
  return {
    nodes: ids.flatMap((id) => catalog.get(id) ?? []).map(nodeOf),
    edges: ids.flatMap((from) => [
      ...(needs.get(from) ?? []).map((to): GraphEdge => ({ from, to, kind: "needs" })),
      ...(after.get(from) ?? []).map((to): GraphEdge => ({ from, to, kind: "after" })),
    ]),
    asked,
  };
}

function nodeOf({ id, definition, origin }: Task): GraphNode {
  return {
    id,
    summary: definition.summary,
    aliases: definition.aliases ?? [],
    group: definition.run === undefined,
    interactive: definition.interactive === true,
    destructive: definition.confirm !== undefined,
    origin,
    locks: locksWithoutFlags(definition),
  };
}

function needsOf({ id, definition, file }: Task, catalog: Catalog, problems: Problem[]): readonly TaskId[] {
  const found = new Set<TaskId>();
  for (const need of definition.needs ?? []) {
    const name = needName(need);
    const ids = expandNeed(name, catalog);
    if (ids.length === 0 && !name.includes("*")) {
      const near = nearest(name, catalog.ids());
      problems.push({
        kind: "unknown-need",
        task: id,
        need: name,
        file,
        ...(near === undefined ? {} : { nearest: near }),
      });
    }
    for (const other of ids) {
      found.add(other);
    }
  }
  found.delete(id);
  return [...found].toSorted(compareText);
}

/** Order counts only among tasks that are there, and only where there is no need that already says it. */
function afterOf(id: TaskId, catalog: Catalog, needs: ReadonlyMap<TaskId, readonly TaskId[]>): readonly TaskId[] {
  const named = (catalog.get(id)?.definition.after ?? []).flatMap((name: string) => expandNeed(name, catalog));
  return [...new Set<TaskId>(named)]
    .filter((other) => other !== id && needs.has(other) && needs.get(id)?.includes(other) !== true)
    .toSorted(compareText);
}

function circleOf(
  ids: readonly TaskId[],
  needs: ReadonlyMap<TaskId, readonly TaskId[]>,
  after: ReadonlyMap<TaskId, readonly TaskId[]>,
  catalog: Catalog
): readonly Problem[] {
  const waits = new Map(ids.map((id) => [id, [...(needs.get(id) ?? []), ...(after.get(id) ?? [])]]));
  const { cycle } = topological(ids, waits);
  return cycle === undefined
    ? []
    : [{ kind: "cycle", path: cycle, files: [...new Set(cycle.flatMap((id) => catalog.get(id)?.file ?? []))] }];
}
