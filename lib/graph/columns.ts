import type { TaskId } from "../core/task-id.ts";
import type { GraphEdge } from "./graph.ts";

/** Tasks in columns, each left of what it needs, and in each column in an order in which few lines cross. */
export function columnsOf(ids: readonly TaskId[], edges: readonly GraphEdge[]): readonly (readonly TaskId[])[] {
  const depth = depths(ids, edges);
  const columns: TaskId[][] = [];
  for (const id of ids.toSorted()) {
    const at = depth.get(id) ?? 0;
    columns[at] = [...(columns[at] ?? []), id];
  }
  return untangled(columns, edges);
}

/** How many steps a task is behind the one that begins: the longest way to it, so that every edge leads to the right. */
function depths(ids: readonly TaskId[], edges: readonly GraphEdge[]): ReadonlyMap<TaskId, number> {
  const depth = new Map<TaskId, number>(ids.map((id) => [id, 0]));
  const waiting = new Map<TaskId, number>(ids.map((id) => [id, 0]));
  for (const { to } of edges) {
    waiting.set(to, (waiting.get(to) ?? 0) + 1);
  }
  const byFrom = Map.groupBy(edges, ({ from }) => from);
  for (const queue = ids.filter((id) => waiting.get(id) === 0); queue.length > 0; ) {
    const id = queue.shift() as TaskId;
    for (const { to } of byFrom.get(id) ?? []) {
      depth.set(to, Math.max(depth.get(to) ?? 0, (depth.get(id) ?? 0) + 1));
      waiting.set(to, (waiting.get(to) ?? 1) - 1);
      if (waiting.get(to) === 0) {
        queue.push(to);
      }
    }
  }
  return depth;
}

/**
 * Each task is brought to the middle of its neighbours in the column before, then behind, a few times, the last
 * time by those before, so that what is needed by one stands together: fewer lines cross.
 */
function untangled(
  columns: readonly (readonly TaskId[])[],
  edges: readonly GraphEdge[]
): readonly (readonly TaskId[])[] {
  const before = Map.groupBy(edges, ({ to }) => to);
  const behind = Map.groupBy(edges, ({ from }) => from);
  const result = columns.map((column) => [...column]);
  const place = new Map<TaskId, number>();
  const note = (column: readonly TaskId[]): void => {
    for (const [index, id] of column.entries()) {
      place.set(id, (index + 0.5) / column.length);
    }
  };
  for (const column of result) {
    note(column);
  }
  for (let sweep = 0; sweep < 7; sweep += 1) {
    const isForward = sweep % 2 === 0;
    for (const column of isForward ? result : result.toReversed()) {
      const middle = new Map(
        column.map((id) => {
          const near = isForward
            ? (before.get(id) ?? []).map(({ from }) => from)
            : (behind.get(id) ?? []).map(({ to }) => to);
          const places = near.map((other) => place.get(other) ?? 0.5);
          return [id, places.length === 0 ? (place.get(id) ?? 0.5) : places.reduce((a, b) => a + b, 0) / places.length];
        })
      );
      column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      note(column);
    }
  }
  return result;
}
