import { compareText } from "../core/finding.ts";
import type { Lock } from "../core/task.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Graph, GraphNode } from "./graph.ts";

interface Links {
  readonly needs: ReadonlyMap<TaskId, readonly TaskId[]>;
  readonly after: ReadonlyMap<TaskId, readonly TaskId[]>;
  readonly nodes: ReadonlyMap<TaskId, GraphNode>;
}

/** A tree from each task that nothing needs; what stood above with all below it is not said twice. Then the tasks that stand alone, and who holds which lock. */
export function graphText(graph: Graph, locks: boolean): string {
  const links: Links = {
    needs: targets(graph, "needs"),
    after: targets(graph, "after"),
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
  };
  const needed = new Set(graph.edges.flatMap(({ to, kind }) => (kind === "needs" ? [to] : [])));
  const tops = graph.asked.length > 0 ? graph.asked : graph.nodes.map(({ id }) => id).filter((id) => !needed.has(id));
  const seen = new Set<TaskId>();
  const trees = tops.filter((id) => links.needs.has(id) || graph.asked.includes(id));
  const alone = tops.filter((id) => !trees.includes(id));
  const parts = [
    ...trees.map((id) => [label(id, links), ...below(id, "", links, seen)]),
    ...(alone.length === 0 ? [] : [["needing and needed by nothing:", ...alone.map((id) => `  ${label(id, links)}`)]]),
    ...(locks ? lockLines(graph.nodes) : []),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function targets({ edges }: Graph, kind: "needs" | "after"): Map<TaskId, readonly TaskId[]> {
  const own = edges.filter((edge) => edge.kind === kind);
  return new Map([...Map.groupBy(own, ({ from }) => from)].map(([from, all]) => [from, all.map(({ to }) => to)]));
}

function label(id: TaskId, { after }: Links): string {
  const later = after.get(id) ?? [];
  return later.length === 0 ? id : `${id}  (after ${later.join(", ")})`;
}

function below(id: TaskId, indent: string, links: Links, seen: Set<TaskId>): readonly string[] {
  const children = links.needs.get(id) ?? [];
  seen.add(id);
  return children.flatMap((child, index) => {
    const isLast = index === children.length - 1;
    const head = `${indent}${isLast ? "└─ " : "├─ "}${label(child, links)}`;
    if (seen.has(child)) {
      return [links.needs.has(child) ? `${head}  (see above)` : head];
    }
    return [head, ...below(child, `${indent}${isLast ? "   " : "│  "}`, links, seen)];
  });
}

/** Who holds what: two that are in one line and do not both share it never run at once. */
function lockLines(nodes: readonly GraphNode[]): readonly (readonly string[])[] {
  const holders = nodes.flatMap(({ id, locks }) => locks.map((lock) => ({ id, lock })));
  const byName = [...Map.groupBy(holders, ({ lock }) => lock.name)].toSorted(([a], [b]) => compareText(a, b));
  const lines = byName.map(([name, all]) => {
    const who = (mode: Lock["mode"]): readonly string[] =>
      all.flatMap(({ id, lock }) => (lock.mode === mode ? [id] : []));
    const said = [
      ...(who("exclusive").length === 0 ? [] : [`alone ${who("exclusive").join(", ")}`]),
      ...(who("shared").length === 0 ? [] : [`shared ${who("shared").join(", ")}`]),
    ];
    return `  ${name}: ${said.join("; ")}`;
  });
  return lines.length === 0 ? [] : [["locks:", ...lines]];
}
