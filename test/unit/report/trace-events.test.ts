import { expect, test } from "bun:test";
import type { RunEvent } from "../../../lib/core/event.ts";
import { Probe } from "../../../lib/report/trace/probe.ts";
import type { Span } from "../../../lib/report/trace/span.ts";
import { traceEvents, traceText } from "../../../lib/report/trace/trace-file.ts";
import { Dice } from "../../support/dice.ts";
import { checkTrace } from "../../support/trace-rules.ts";
import { exited, id, passed, say } from "../render/recorder.ts";

const process = (task: string, from: number, to: number, argv = ["sh", "-c", "x"]): Span => ({
  kind: "process",
  task: id(task),
  from,
  to,
  argv,
  cwd: "/p",
  pid: 7,
  end: "exited with 0",
});

test("whatever overlaps, a trace keeps to the rules, and every slice is as long as it was", () => {
  const roll = new Dice(7);
  for (let round = 0; round < 60; round += 1) {
    const spans = Array.from({ length: roll.roll(40) }, (): Span => {
      const from = roll.roll(1000) / 7;
      const stretch = {
        task: roll.chance(90) ? id(`t${roll.roll(5)}`) : undefined,
        from,
        to: from + roll.roll(300) / 3,
      };
      switch (roll.roll(4)) {
        case 0:
          return { ...stretch, kind: "place", place: roll.roll(3) };
        case 1:
          return { ...stretch, kind: "wait", what: roll.pick(["locks", "machine lock", "place"]), locks: ["a", "b"] };
        case 2:
          return { ...stretch, kind: "lock", lock: roll.pick(["a", "b"]), mode: roll.pick(["shared", "exclusive"]) };
        default:
          return process("t1", stretch.from, stretch.to);
      }
    });
    const events = traceEvents(spans, []);
    checkTrace(events);
    const lengths = events
      .flatMap(({ ph, dur }) => (ph === "X" ? [Math.round(dur ?? 0)] : []))
      .toSorted((a, b) => a - b);
    const meant = spans
      .filter(({ kind, from, to }) => kind !== "wait" || to - from >= 0.5)
      .map(({ from, to }) => Math.round((to - from) * 1000))
      .toSorted((a, b) => a - b);
    expect(lengths).toHaveLength(meant.length);
    for (const [index, length] of lengths.entries()) {
      expect(Math.abs(length - (meant[index] ?? 0))).toBeLessThanOrEqual(1);
    }
  }
});

test("a slice says how its task ended, a script is known by its own name, and a stop is a moment", () => {
  const events: readonly RunEvent[] = [
    say.start("a", 1),
    { type: "run-stopping", signal: "SIGTERM", at: 2 },
    say.finish("a", exited("a", 7), 4, 5),
    say.finish("b", passed, 0, 6),
  ];
  const spans: readonly Span[] = [
    { kind: "place", place: 0, task: id("a"), from: 1, to: 5 },
    process("a", 1, 4, ["/opt/bun", "--no-install", "/k/lib/tool-worker.ts", "x"]),
    process("a", 2, 3, ["/usr/bin/git", "status"]),
  ];
  const made = traceEvents(spans, events);
  checkTrace(made);
  const slices = made.filter(({ ph }) => ph === "X");
  expect(slices.map(({ name }) => name)).toEqual(["a", "bun tool-worker.ts", "git"]);
  expect(slices[0]?.args).toEqual({ task: "a", outcome: "failed", problems: ["`a` exited with 7"] });
  expect(made.find(({ ph }) => ph === "i")).toMatchObject({ name: "stopping: SIGTERM", ts: 2000, s: "g" });
  expect(made.filter(({ ph }) => ph === "C").map(({ args }) => args)).toEqual([{ tasks: 1 }, { tasks: 0 }]);
  const file = JSON.parse(traceText(made, { command: "k a" })) as { traceEvents: unknown[]; displayTimeUnit: string };
  expect(file).toMatchObject({ displayTimeUnit: "ms", otherData: { command: "k a" } });
  expect(file.traceEvents).toHaveLength(made.length);
});

test("a probe knows which task waited for a place, and gives the places numbers that are free", async () => {
  let now = 0;
  const probe = new Probe(() => now);
  const slots = probe.slots(2);
  const { signal } = new AbortController();
  const take = (task: string): ReturnType<typeof slots.acquire> => probe.within(id(task), () => slots.acquire(signal));
  const [one, two] = await Promise.all([take("one"), take("two")]);
  const third = take("three");
  now = 10;
  one?.();
  one?.();
  const three = await third;
  now = 15;
  two?.();
  three?.();
  expect(probe.spans.filter(({ kind }) => kind === "place")).toEqual([
    { kind: "place", place: 0, from: 0, to: 10, task: id("one") },
    { kind: "place", place: 1, from: 0, to: 15, task: id("two") },
    { kind: "place", place: 0, from: 10, to: 15, task: id("three") },
  ]);
  const waits = probe.spans.filter(({ kind, to }) => kind === "wait" && to > 0);
  expect(waits).toEqual([{ kind: "wait", what: "place", locks: [], from: 0, to: 10, task: id("three") }]);
});

test("a probe's locks hold as those of a run do, and are told with who held them", async () => {
  let now = 0;
  const probe = new Probe(() => now);
  const locks = probe.locks();
  const { signal } = new AbortController();
  const terminal = { name: "terminal", mode: "shared" } as const;
  const tree = { name: "tree", mode: "exclusive" } as const;
  const take = (task: string): ReturnType<typeof locks.acquire> =>
    probe.within(id(task), () => locks.acquire([terminal, tree], signal));
  const first = await take("a");
  const second = take("b");
  now = 5;
  first?.();
  (await second)?.();
  expect(probe.spans.filter(({ kind }) => kind === "lock")).toEqual([
    { kind: "lock", lock: "tree", mode: "exclusive", from: 0, to: 5, task: id("a") },
    { kind: "lock", lock: "tree", mode: "exclusive", from: 5, to: 5, task: id("b") },
  ]);
  expect(probe.spans.at(-2)).toEqual({ kind: "wait", what: "locks", locks: ["tree"], from: 0, to: 5, task: id("b") });
});
