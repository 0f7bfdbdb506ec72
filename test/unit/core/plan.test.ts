import { expect, test } from "bun:test";
import { type Catalog, expandNeed, plan, topological } from "../../../lib/core/plan.ts";
import type { AnyTask, Task } from "../../../lib/core/task.ts";
import { parseTaskId, taskIdOfFile, type TaskId } from "../../../lib/core/task-id.ts";

const id = (text: string): TaskId => {
  const parsed = parseTaskId(text);
  if (parsed === undefined) {
    throw new Error(`no task id: ${text}`);
  }
  return parsed;
};

function catalog(definitions: Readonly<Record<string, Partial<AnyTask>>>): Catalog {
  const tasks = new Map<TaskId, Task>();
  for (const [name, definition] of Object.entries(definitions)) {
    const task: Task = {
      id: id(name),
      definition: { summary: name, run: () => {}, ...definition },
      file: `tasks/${name}.ts`,
      origin: "built-in",
    };
    tasks.set(task.id, task);
  }
  return { get: (key) => tasks.get(key), ids: () => [...tasks.keys()] };
}

const ask = (name: string, flags: Record<string, boolean> = {}, words: readonly string[] = []) => ({
  id: id(name),
  flags,
  words,
  rest: [],
});

function orderOf(
  definitions: Readonly<Record<string, Partial<AnyTask>>>,
  ...asked: readonly string[]
): readonly string[] {
  const planned = plan(
    asked.map((name) => ask(name)),
    catalog(definitions),
    "linux"
  );
  if (!planned.ok) {
    throw new Error(JSON.stringify(planned.problems));
  }
  return planned.plan.tasks.map(({ task }) => task.id);
}

test("each task of a diamond is planned once, behind what it needs", () => {
  const order = orderOf({ a: { needs: ["b", "c"] }, b: { needs: ["d"] }, c: { needs: ["d"] }, d: {} }, "a");
  expect(order).toEqual(["d", "b", "c", "a"]);
});

test("`after` orders tasks that are both in the plan and brings in none", () => {
  const tasks = { pack: { after: ["test"] }, test: {} };
  expect(orderOf(tasks, "pack")).toEqual(["pack"]);
  expect(orderOf(tasks, "pack", "test")).toEqual(["test", "pack"]);
});

test("a wildcard takes one part of a name and leaves out tasks that run on request", () => {
  const tasks = {
    lint: { needs: ["lint:*"] },
    "lint:a": {},
    "lint:a:deep": {},
    "lint:spell": { onRequest: true },
    linter: {},
  };
  expect(expandNeed("lint:*", catalog(tasks))).toEqual([id("lint:a")]);
  expect(orderOf(tasks, "lint")).toEqual(["lint:a", "lint"]);
});

test("tools choose among the tasks of a wildcard", () => {
  const tasks = catalog({
    "lint:a": { tool: "a" },
    "lint:b": { tool: "b" },
    "lint:c": { tool: "c", onRequest: true },
    "lint:group": { needs: [] },
  });
  const cases: readonly [only: string[], enabled: string[], expected: string[]][] = [
    [[], [], ["lint:a", "lint:b", "lint:group"]],
    [["b"], [], ["lint:b", "lint:group"]],
    [["c"], [], ["lint:c", "lint:group"]],
    [[], ["c"], ["lint:a", "lint:b", "lint:c", "lint:group"]],
  ];
  for (const [only, enabled, expected] of cases) {
    expect<readonly string[]>(expandNeed("lint:*", tasks, { only, enabled })).toEqual(expected);
  }
});

test("flags and words go down to needs that inherit and declare them, through groups of groups", () => {
  const flags = { fix: { type: "boolean", summary: "fix" } } as const;
  const args = { paths: { summary: "paths", variadic: true } } as const;
  const tasks = catalog({
    lint: { flags, args, needs: [{ task: "lint:py", inherit: true }, "lint:plain"] },
    "lint:py": { flags, args, needs: [{ task: "lint:py:ruff", inherit: true }] },
    "lint:py:ruff": { flags, args },
    "lint:plain": { flags, args },
  });
  const planned = plan([ask("lint", { fix: true }, ["src"])], tasks, "linux");
  if (!planned.ok) {
    throw new Error("no plan");
  }
  const given = Object.fromEntries(planned.plan.tasks.map(({ task, flags: own, words }) => [task.id, [own, words]]));
  expect(given).toEqual({
    "lint:py:ruff": [{ fix: true }, ["src"]],
    "lint:py": [{ fix: true }, ["src"]],
    "lint:plain": [{}, []],
    lint: [{ fix: true }, ["src"]],
  });
});

test("a need that nobody is called is a problem that names the nearest task and the file", () => {
  const planned = plan([ask("ship")], catalog({ ship: { needs: ["biuld"] }, build: {} }), "linux");
  expect(planned).toEqual({
    ok: false,
    problems: [{ kind: "unknown-need", task: id("ship"), need: "biuld", file: "tasks/ship.ts", nearest: "build" }],
  });
});

test("a cycle is a problem that shows the way round and the files", () => {
  const planned = plan([ask("a")], catalog({ a: { needs: ["b"] }, b: { needs: ["c"] }, c: { after: ["b"] } }), "linux");
  expect(planned).toEqual({
    ok: false,
    problems: [{ kind: "cycle", path: [id("b"), id("c"), id("b")], files: ["tasks/b.ts", "tasks/c.ts"] }],
  });
});

test("a task of another platform is planned and marked", () => {
  const planned = plan([ask("kvm")], catalog({ kvm: { platforms: ["linux"] } }), "darwin");
  expect(planned.ok && planned.plan.tasks[0]?.wrongPlatform).toBe(true);
});

test("a chain of 20,000 tasks does not overflow the stack", () => {
  const ids = Array.from({ length: 20_000 }, (_, index) => id(`t${index}`));
  const waits = new Map(ids.map((own, index) => [own, index === 0 ? [] : [ids[index - 1] as TaskId]]));
  expect(topological(ids.toReversed(), waits).order).toEqual(ids);
});

test("a file's path under tasks is its name", () => {
  const cases: readonly [path: string, name: string | undefined][] = [
    ["lint.ts", "lint"],
    ["lint/index.ts", "lint"],
    ["nix/qcow2/start.ts", "nix:qcow2:start"],
    ["index.ts", "index"],
    ["Lint.ts", undefined],
    ["a b.ts", undefined],
  ];
  for (const [path, name] of cases) {
    expect<string | undefined>(taskIdOfFile(path)).toBe(name);
  }
});
