import { expect, test } from "bun:test";
import type { Outcome, RunEvent } from "../../../lib/core/event.ts";
import { type Catalog, plan } from "../../../lib/core/plan.ts";
import type { AnyTask, Task } from "../../../lib/core/task.ts";
import { parseTaskId, type TaskId } from "../../../lib/core/task-id.ts";
import { execute, exitCodeOf } from "../../../lib/run/execute.ts";
import { Locks } from "../../../lib/run/locks.ts";
import { Slots } from "../../../lib/run/slots.ts";

const id = (text: string): TaskId => parseTaskId(text) as TaskId;

interface World {
  readonly jobs?: number;
  readonly failFast?: boolean;
  readonly timeout?: number;
  readonly stop?: AbortController;
}

type Work = Readonly<Record<string, (signal: AbortSignal) => Promise<Outcome>>>;

async function go(
  definitions: Readonly<Record<string, Partial<AnyTask>>>,
  work: Work,
  asked: readonly string[],
  world: World = {}
) {
  const tasks = new Map<TaskId, Task>();
  for (const [name, definition] of Object.entries(definitions)) {
    const hasRun = work[name] !== undefined;
    tasks.set(id(name), {
      id: id(name),
      definition: { summary: name, ...(hasRun ? { run: () => {} } : {}), ...definition },
      file: name,
      origin: "built-in",
    });
  }
  const catalog: Catalog = { get: (key) => tasks.get(key), ids: () => [...tasks.keys()] };
  const planned = plan(
    asked.map((name) => ({ id: id(name), flags: {}, words: [], rest: [] })),
    catalog,
    "linux"
  );
  if (!planned.ok) {
    throw new Error(JSON.stringify(planned.problems));
  }
  const events: RunEvent[] = [];
  let clock = 0;
  const outcomes = await execute(
    planned.plan,
    { failFast: world.failFast === true, timeout: world.timeout, grace: 10 },
    {
      now: () => (clock += 1),
      emit: (event) => void events.push(event),
      signal: (world.stop ?? new AbortController()).signal,
      slots: new Slots(world.jobs ?? 4),
      locks: new Locks(),
      machineLock: async () => () => {},
      run: ({ planned: { task }, signal }) => work[task.id]?.(signal) ?? Promise.resolve({ status: "passed" }),
    }
  );
  const shown = Object.fromEntries([...outcomes].map(([key, outcome]) => [key, outcome.status]));
  const started = events.flatMap((event) => (event.type === "task-started" ? [event.id as string] : []));
  return { outcomes, shown, started, events };
}

const pass = async (): Promise<Outcome> => ({ status: "passed" });
const fail = async (): Promise<Outcome> => ({
  status: "failed",
  problems: [{ kind: "task-failed", id: id("x"), exitCode: 7 }],
});

test("a failure skips what needs it and spares the rest", async () => {
  const { shown, outcomes } = await go(
    { build: {}, ship: { needs: ["build"] }, lint: {} },
    { build: fail, ship: pass, lint: pass },
    ["ship", "lint"]
  );
  expect(shown).toEqual({ build: "failed", ship: "skipped", lint: "passed" });
  expect(exitCodeOf(outcomes.values())).toBe(1);
});

test("`after` does not skip: order only", async () => {
  const { shown } = await go({ a: {}, b: { after: ["a"] } }, { a: fail, b: pass }, ["a", "b"]);
  expect(shown).toEqual({ a: "failed", b: "passed" });
});

test("with fail-fast a failure cancels what runs and what has not begun", async () => {
  const untilAborted = (signal: AbortSignal): Promise<Outcome> =>
    new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve({ status: "passed" }));
    });
  const { shown } = await go({ a: {}, b: {}, c: {} }, { a: untilAborted, b: fail, c: pass }, ["a", "b", "c"], {
    failFast: true,
    jobs: 2,
  });
  expect(shown).toEqual({ a: "cancelled", b: "failed", c: "cancelled" });
});

test("no more tasks run at once than there are places", async () => {
  let running = 0;
  let most = 0;
  const work = async (): Promise<Outcome> => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    await Promise.resolve();
    running -= 1;
    return { status: "passed" };
  };
  const names = Array.from({ length: 20 }, (_, index) => `t${index}`);
  const { shown } = await go(
    Object.fromEntries(names.map((name) => [name, {}])),
    Object.fromEntries(names.map((name) => [name, work])),
    names,
    { jobs: 3 }
  );
  expect(most).toBe(3);
  expect(Object.values(shown).every((status) => status === "passed")).toBe(true);
});

test("two tasks that hold one lock never overlap, and two that share it may", async () => {
  const lock = (mode: "exclusive" | "shared") => ({ locks: [{ name: "files", mode } as const] });
  let inside = 0;
  let most = 0;
  const meet = Promise.withResolvers<void>();
  const shared = async (): Promise<Outcome> => {
    inside += 1;
    most = Math.max(most, inside);
    if (inside === 2) {
      meet.resolve();
    }
    await meet.promise;
    inside -= 1;
    return { status: "passed" };
  };
  const alone = async (): Promise<Outcome> => {
    expect(inside).toBe(0);
    return { status: "passed" };
  };
  const { shown } = await go(
    { a: lock("shared"), b: lock("shared"), c: lock("exclusive"), d: lock("exclusive") },
    { a: shared, b: shared, c: alone, d: alone },
    ["a", "b", "c", "d"]
  );
  expect(most).toBe(2);
  expect(new Set(Object.values(shown))).toEqual(new Set(["passed"]));
});

test("a task is tried again as often as it says", async () => {
  let tries = 0;
  const flaky = async (): Promise<Outcome> => {
    tries += 1;
    return tries === 3 ? { status: "passed" } : fail();
  };
  const { shown } = await go({ a: { retries: 2 } }, { a: flaky }, ["a"]);
  expect([tries, shown["a"]]).toEqual([3, "passed"]);
});

test("a task that outlives its time fails with the time it had, even if it ignores its signal", async () => {
  const { outcomes } = await go({ a: { timeout: 0.01 } }, { a: () => new Promise(() => {}) }, ["a"]);
  expect(outcomes.get(id("a"))).toEqual({
    status: "failed",
    problems: [{ kind: "timeout", id: id("a"), seconds: 0.01 }],
  });
});

test("a stopped run cancels what has not begun", async () => {
  const stop = new AbortController();
  const stopping = async (): Promise<Outcome> => {
    stop.abort();
    return { status: "passed" };
  };
  const { shown, started } = await go({ a: {}, b: { needs: ["a"] } }, { a: stopping, b: pass }, ["b"], { stop });
  expect(shown).toEqual({ a: "cancelled", b: "cancelled" });
  expect(started).toEqual(["a"]);
});

test("a group ends as what it gathers ended", async () => {
  const failed = await go({ all: { needs: ["a", "b"] }, a: {}, b: {} }, { a: pass, b: fail }, ["all"]);
  expect(failed.shown["all"]).toBe("failed");
  const passed = await go({ all: { needs: ["a"] }, a: {} }, { a: pass }, ["all"]);
  expect(passed.shown["all"]).toBe("passed");
});

test("the gravest reason gives the exit code", () => {
  const missing: Outcome = { status: "failed", problems: [{ kind: "tool-missing", tool: "x", install: "y" }] };
  const found: Outcome = { status: "failed", problems: [{ kind: "findings", id: id("a"), count: 1 }] };
  const group: Outcome = { status: "failed", problems: [] };
  const wrong: Outcome = { status: "failed", problems: [{ kind: "wrong-use", message: "no" }] };
  const cases: readonly [outcomes: readonly Outcome[], code: number][] = [
    [[], 0],
    [[{ status: "passed" }], 0],
    [[missing, group], 3],
    [[missing, found, group], 1],
    [[group], 1],
    [[found, wrong], 2],
  ];
  for (const [outcomes, code] of cases) {
    expect<number>(exitCodeOf(outcomes)).toBe(code);
  }
});
