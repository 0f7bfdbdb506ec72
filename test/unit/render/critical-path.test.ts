import { expect, test } from "bun:test";
import type { TaskId } from "../../../lib/core/task-id.ts";
import { criticalPath, type Timed } from "../../../lib/render/critical-path.ts";
import { Dice } from "../../support/dice.ts";
import { id, row } from "./recorder.ts";

const timed = (name: string, from: number, to: number, more: Parameters<typeof row>[1] = {}): Timed => ({
  row: row(name, more),
  from,
  to,
});

test("of a diamond it is the slower side, also where the faster one ended last", () => {
  const slow = timed("slow", 10, 60, { needs: [id("start")] });
  const fast = timed("fast", 50, 70, { needs: [id("start")] });
  const end = timed("end", 70, 80, { needs: [id("slow"), id("fast")] });
  expect(criticalPath([timed("start", 0, 10), slow, fast, end])).toEqual([id("start"), id("slow"), id("end")]);
});

test("a lock is a link of the chain, but not between two that only share it, and a group is none", () => {
  const exclusive = { locks: [{ name: "tree", mode: "exclusive" }] } as const;
  const shared = { locks: [{ name: "tree", mode: "shared" }] } as const;
  const group = timed("group", 50, 50, { group: true, needs: [id("write")] });
  expect(criticalPath([timed("read", 0, 20, shared), timed("write", 20, 50, exclusive), group])).toEqual([
    id("read"),
    id("write"),
  ]);
  expect(criticalPath([timed("one", 0, 20, shared), timed("two", 20, 50, shared)])).toEqual([id("two")]);
});

test("who wants the terminal for itself waited for all others", () => {
  expect(criticalPath([timed("a", 0, 5), timed("shell", 5, 9, { interactive: true })])).toEqual([id("a"), id("shell")]);
});

test("of no task there is no path", () => {
  expect(criticalPath([])).toEqual([]);
});

test("no other chain of a random run is longer", () => {
  const roll = new Dice(4);
  for (let round = 0; round < 200; round += 1) {
    const tasks = randomRun(roll, 2 + roll.roll(8));
    const path = criticalPath(tasks);
    const lengths = new Map(tasks.map(({ row: { id: name }, from, to }) => [name, to - from]));
    const found = path.reduce((sum, name) => sum + (lengths.get(name) ?? 0), 0);
    expect({ round, tasks, found }).toEqual({ round, tasks, found: longestByTrying(tasks) });
    for (const [index, name] of path.entries()) {
      const previous = path[index - 1];
      expect(previous === undefined || reaches(tasks, previous, name)).toBe(true);
    }
  }
});

/** Carries random tasks out as the engine would with places for all: each starts when all that it waits for is over. */
function randomRun(roll: Dice, size: number): readonly Timed[] {
  const tasks: Timed[] = [];
  for (let index = 0; index < size; index += 1) {
    const earlier = tasks.map((task) => task.row.id);
    const needs = earlier.filter(() => roll.chance(25));
    const after = earlier.filter((name) => !needs.includes(name) && roll.chance(10));
    const names = ["x", "y"].filter(() => roll.chance(40));
    const locks = names.map((name) => ({ name, mode: roll.pick(["shared", "exclusive"] as const) }));
    const group = roll.chance(10);
    const made = row(`t${index}`, group ? { group, needs } : { needs, after, locks, interactive: roll.chance(5) });
    const before = tasks.filter(({ row: other }) => linked(other, made));
    const from = Math.max(0, ...before.map(({ to }) => to));
    tasks.push({ row: made, from, to: from + (group ? 0 : roll.roll(50)) });
  }
  return tasks;
}

type Row = Timed["row"];

/** Whether `b` has to wait for `a`, which was there first. */
function linked(a: Row, b: Row): boolean {
  if (b.needs.includes(a.id) || b.after?.includes(a.id) === true) {
    return true;
  }
  if (a.group || b.group) {
    return false;
  }
  const clash = (a.locks ?? []).some((one) =>
    (b.locks ?? []).some((two) => one.name === two.name && [one.mode, two.mode].includes("exclusive"))
  );
  return clash || a.interactive || b.interactive;
}

/** Every chain there is, tried. */
function longestByTrying(tasks: readonly Timed[]): number {
  const from = (index: number): number => {
    const task = tasks[index] as Timed;
    const later = tasks.flatMap((other, at) => (at > index && linked(task.row, other.row) ? [from(at)] : []));
    return task.to - task.from + Math.max(0, ...later);
  };
  return Math.max(0, ...tasks.map((_, index) => from(index)));
}

/** Directly, or through groups. */
function reaches(tasks: readonly Timed[], first: TaskId, last: TaskId): boolean {
  const start = tasks.find((task) => task.row.id === first) as Timed;
  return tasks.some(
    ({ row: next }) => linked(start.row, next) && (next.id === last || (next.group && reaches(tasks, next.id, last)))
  );
}
