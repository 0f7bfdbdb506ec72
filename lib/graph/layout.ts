import type { TaskId } from "../core/task-id.ts";
import { columnsOf } from "./columns.ts";
import type { Graph, GraphEdge } from "./graph.ts";

export interface Box {
  readonly id: TaskId;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A heading above a block of tasks. */
export interface Heading {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** In CSS pixels. */
export interface Layout {
  readonly boxes: readonly Box[];
  readonly headings: readonly Heading[];
  readonly width: number;
  readonly height: number;
}

const height = 26;
const rowGap = 8;
const columnGap = 90;
const blockGap = 44;
const headingHeight = 30;
/** Letters of the page's font for code at 13 pixels, a little more than they are. */
const letter = 8;
const padding = 22;

/**
 * Places: each part that hangs together in columns, a task left of what it needs; below, those that stand alone, by domain.
 */
export function layOut(graph: Graph): Layout {
  const parts = connected(graph).toSorted((a, b) => b.length - a.length);
  const shelved = shelve(parts.filter((ids) => ids.length > 1).map((ids) => layers(ids, graph.edges)));
  const boxes: Box[] = [...shelved];
  const headings: Heading[] = [];
  const width = Math.max(900, ...boxes.map(rightOf));
  let top = boxes.length === 0 ? 0 : Math.max(...boxes.map(bottomOf)) + blockGap;
  for (const [domain, ids] of byDomain(parts.flatMap((part) => (part.length === 1 ? part : [])).toSorted())) {
    headings.push({ text: domain, x: 0, y: top + headingHeight - 12 });
    const placed = grid(ids, top + headingHeight, width);
    boxes.push(...placed);
    top = Math.max(...placed.map(bottomOf)) + rowGap;
  }
  return {
    boxes,
    headings,
    width: Math.max(0, ...boxes.map(rightOf)),
    height: Math.max(0, ...boxes.map(bottomOf)),
  };
}

function rightOf({ x, width }: Box): number {
  return x + width;
}

function bottomOf({ y, height: own }: Box): number {
  return y + own;
}

/** Blocks side by side while there is room for them, then below: about as wide as a screen is for its height. */
function shelve(blocks: readonly (readonly Box[])[]): readonly Box[] {
  const area = blocks.reduce(
    (sum, block) => sum + (Math.max(...block.map(rightOf)) + blockGap) * Math.max(...block.map(bottomOf)),
    0
  );
  const limit = Math.max(900, ...blocks.map((block) => Math.max(...block.map(rightOf))), Math.sqrt(area * 2.2));
  let x = 0;
  let y = 0;
  let bottom = 0;
  return blocks.flatMap((block) => {
    const width = Math.max(...block.map(rightOf));
    if (x > 0 && x + width > limit) {
      x = 0;
      y = bottom + blockGap;
    }
    const placed = block.map((box) => ({ ...box, x: box.x + x, y: box.y + y }));
    x += width + blockGap * 2;
    bottom = Math.max(bottom, ...placed.map(bottomOf));
    return placed;
  });
}

/** What has its domain for itself stands with the others of that kind, first. */
function byDomain(ids: readonly TaskId[]): readonly (readonly [string, readonly TaskId[]])[] {
  const domains = [...Map.groupBy(ids, (id) => id.split(":")[0] ?? id)];
  const single = domains.flatMap(([, own]) => (own.length === 1 ? own : []));
  return [
    ...(single.length === 0 ? [] : [["everyday", single] as const]),
    ...domains.filter(([, own]) => own.length > 1),
  ];
}

function connected({ nodes, edges }: Graph): readonly (readonly TaskId[])[] {
  const leader = new Map<TaskId, TaskId>(nodes.map(({ id }) => [id, id]));
  const find = (id: TaskId): TaskId => {
    let at = id;
    for (let next = leader.get(at) ?? at; next !== at; next = leader.get(at) ?? at) {
      leader.set(at, leader.get(next) ?? next);
      at = next;
    }
    return at;
  };
  for (const { from, to } of edges) {
    leader.set(find(from), find(to));
  }
  return [
    ...Map.groupBy(
      nodes.map(({ id }) => id),
      find
    ).values(),
  ];
}

/** In rows from left to right, as wide as what stands above. */
function grid(ids: readonly TaskId[], top: number, width: number): readonly Box[] {
  let x = 0;
  let y = top;
  return ids.map((id) => {
    const own = widthOf(id);
    if (x > 0 && x + own > width) {
      x = 0;
      y += height + rowGap;
    }
    const box = { id, x, y, width: own, height };
    x += own + rowGap * 2;
    return box;
  });
}

/** From the upper left corner on. */
function layers(ids: readonly TaskId[], edges: readonly GraphEdge[]): readonly Box[] {
  const own = edges.filter(({ from }) => ids.includes(from));
  const ordered = columnsOf(ids, own);
  const tallest = Math.max(...ordered.map((column) => column.length));
  let x = 0;
  return ordered.flatMap((column) => {
    const width = Math.max(...column.map(widthOf));
    const left = x;
    const start = ((tallest - column.length) * (height + rowGap)) / 2;
    x += width + columnGap;
    return column.map((id, index) => ({
      id,
      x: left,
      y: start + index * (height + rowGap),
      width: widthOf(id),
      height,
    }));
  });
}

function widthOf(id: TaskId): number {
  return id.length * letter + padding;
}
