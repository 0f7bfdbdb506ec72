import { expect, test } from "bun:test";
import type { Catalog } from "../../../lib/core/plan.ts";
import { ProblemError } from "../../../lib/core/problem.ts";
import type { AnyTask, Task } from "../../../lib/core/task.ts";
import type { TaskId } from "../../../lib/core/task-id.ts";
import { graphDot, graphJson, graphMermaid } from "../../../lib/graph/formats.ts";
import { type Graph, graphOf } from "../../../lib/graph/graph.ts";
import { layOut } from "../../../lib/graph/layout.ts";
import { graphText } from "../../../lib/graph/text.ts";

type Facts = Partial<AnyTask> & { readonly gathers?: true };

function catalogOf(tasks: Readonly<Record<string, Facts>>): Catalog {
  const all = new Map(
    Object.entries(tasks).map(([id, { gathers, ...facts }]): [TaskId, Task] => {
      const definition = { summary: `Do ${id}`, ...(gathers === true ? {} : { run: () => {} }), ...facts } as AnyTask;
      return [id as TaskId, { id: id as TaskId, definition, file: `tasks/${id}.ts`, origin: "built-in" }];
    })
  );
  return { get: (id) => all.get(id), ids: () => [...all.keys()] };
}

const catalog = catalogOf({
  ship: { needs: ["build", "test"], confirm: "The old release" },
  build: { needs: ["lint"], locks: [{ name: "dist", mode: "exclusive" }] },
  test: { needs: ["build"], after: ["lint:js"], locks: [{ name: "dist", mode: "shared" }] },
  lint: { needs: ["lint:*"], gathers: true },
  "lint:js": {},
  "lint:sh": {},
  "lint:odd": { onRequest: true },
  hello: {},
  secret: { hidden: true },
});

function graph(...asked: readonly string[]): Graph {
  return graphOf(catalog, asked as readonly TaskId[], false);
}

test("a tree says once what each task needs, then what stands alone and who holds which lock", () => {
  expect(graphText(graph(), true)).toBe(`ship
├─ build
│  └─ lint
│     ├─ lint:js
│     └─ lint:sh
└─ test  (after lint:js)
   └─ build  (see above)

needing and needed by nothing:
  hello
  lint:odd

locks:
  dist: alone build; shared test
`);
});

test("of a task that is named there is all that it needs and nothing else", () => {
  const { nodes, edges } = graph("build");
  expect(nodes.map(({ id }) => id)).toEqual(["build", "lint", "lint:js", "lint:sh"] as TaskId[]);
  expect(edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`)).toEqual([
    "build needs lint",
    "lint needs lint:js",
    "lint needs lint:sh",
  ]);
  expect(graphText(graph("hello"), false)).toBe("hello\n");
});

test("a circle and a need that nobody is called are errors that name the files", () => {
  const bad = (tasks: Readonly<Record<string, Facts>>): readonly unknown[] => {
    try {
      graphOf(catalogOf(tasks), [], false);
      return [];
    } catch (error) {
      return error instanceof ProblemError ? error.problems : [error];
    }
  };
  expect(bad({ a: { needs: ["b"] }, b: { after: ["a"] } })).toEqual([
    { kind: "cycle", path: ["a", "b", "a"], files: ["tasks/a.ts", "tasks/b.ts"] },
  ]);
  expect(bad({ build: {}, ship: { needs: ["biuld"] } })).toEqual([
    { kind: "unknown-need", task: "ship", need: "biuld", file: "tasks/ship.ts", nearest: "build" },
  ]);
});

test("diagrams name each task once and draw each edge", () => {
  const small = graph("lint");
  expect(graphMermaid(small)).toBe(
    'flowchart LR\n  t0(["lint"])\n  t1["lint:js"]\n  t2["lint:sh"]\n  t0 --> t1\n  t0 --> t2\n'
  );
  expect(graphMermaid(graph("test"))).toContain("-. after .->");
  expect(graphMermaid(graph("ship"))).toContain('{{"ship"}}');
  const dot = graphDot(graphOf(catalogOf({ a: { summary: 'Say "hi" \\ bye', needs: ["b"] }, b: {} }), [], false));
  expect(dot).toContain(String.raw`"a" [tooltip="Say \"hi\" \\ bye"];`);
  expect(dot).toContain('"a" -> "b";');
});

test("as JSON it has all nodes with their locks", () => {
  const read = JSON.parse(graphJson(graph())) as { tasks: { name: string; locks: unknown }[]; edges: unknown[] };
  expect(read.tasks.find(({ name }) => name === "build")?.locks).toEqual([{ name: "dist", mode: "exclusive" }]);
  expect(read.edges.length).toBe(7);
});

test("in a drawing of 300 tasks no two lie on each other, and every edge leads to the right", () => {
  const tasks: Record<string, Facts> = {};
  for (let index = 0; index < 300; index += 1) {
    const needs = [index * 2 + 1, index * 3 + 2, index + 40].filter((other) => other < 250 && index < 200);
    tasks[`d${index % 7}:t${index}`] = { needs: needs.map((other) => `d${other % 7}:t${other}`) };
  }
  const big = graphOf(catalogOf(tasks), [], false);
  const { boxes, width, height } = layOut(big);
  expect(boxes.length).toBe(300);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const overlapping = boxes.filter((a, index) =>
    boxes
      .slice(index + 1)
      .some((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
  );
  expect(overlapping).toEqual([]);
  const backwards = big.edges.filter(({ from, to }) => {
    const [a, b] = [byId.get(from), byId.get(to)];
    return a === undefined || b === undefined || a.x + a.width >= b.x;
  });
  expect(backwards).toEqual([]);
  expect(
    boxes.every((box) => box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height)
  ).toBe(true);
});
