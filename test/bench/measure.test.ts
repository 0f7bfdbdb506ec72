import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Contender, measure } from "../../bench/measure.ts";
import { mergeSuites, parseResults } from "../../bench/results.ts";
import { resultsOf } from "./results-for-tests.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "k-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const effort = { warmups: 1, rounds: 2, budget: 60_000, timeProgram: undefined };

function contender(name: string, line: string): Contender {
  return {
    name,
    kind: "peer",
    command: { argv: ["sh", "-c", line], cwd: folder, env: { PATH: process.env["PATH"] ?? "" } },
  };
}

test("contenders run in turn, each round beginning one further, and warm-ups are thrown away", () => {
  const found = measure([contender("a", "echo a >> order"), contender("b", "echo b >> order")], effort);
  expect(readFileSync(join(folder, "order"), "utf8").split("\n").join("")).toBe("abbaab");
  expect(found.map(({ times }) => times.length)).toEqual([2, 2]);
});

test("what prepares a run comes before each, and its time does not count", () => {
  let prepared = 0;
  const slow: Contender = {
    ...contender("slow", ":"),
    prepare() {
      prepared += 1;
      Bun.sleepSync(200);
    },
  };
  const [found] = measure([slow], effort);
  expect(prepared).toBe(3);
  expect(Math.min(...(found?.times ?? []))).toBeLessThan(200);
});

test("one that fails is out, with the reason, and the others go on", () => {
  const [bad, good] = measure([contender("bad", "exit 7"), contender("good", ":")], effort);
  expect(bad?.problem).toContain("ended with 7, not 0");
  expect(bad?.times).toEqual([]);
  expect(good?.times).toHaveLength(2);
});

test("one that could not be prepared is never started", () => {
  const [found] = measure([{ ...contender("a", "touch started"), problem: "not there" }], effort);
  expect(found?.problem).toBe("not there");
  expect(() => readFileSync(join(folder, "started"))).toThrow();
});

test("memory is measured in a run of its own, and where runs are long in them", () => {
  // As GNU time is called, and what it says.
  const timeProgram = join(folder, "time");
  writeFileSync(timeProgram, '#!/bin/sh\nshift 3\n"$@"\ncode=$?\necho peak-kB=7 >&2\nexit $code\n', { mode: 0o755 });
  const one = { ...effort, warmups: 0, rounds: 1, timeProgram };
  const [short] = measure([contender("short", "echo short >> order")], one);
  const [long] = measure([contender("long", "echo long >> order")], { ...one, long: true });
  expect([short?.peak, long?.peak]).toEqual([7 * 1024, 7 * 1024]);
  expect([short?.times.length, long?.times.length]).toEqual([1, 1]);
  expect(readFileSync(join(folder, "order"), "utf8")).toBe("short\nshort\nlong\n");
});

test("where the time is over no further round begins, but three are always run", () => {
  const [found] = measure([contender("a", ":")], { ...effort, rounds: 50, budget: 0 });
  expect(found?.times).toHaveLength(3);
});

test("the suites of a run replace those of the same name, and others stay", () => {
  const [old] = resultsOf().suites;
  if (old === undefined) {
    throw new Error("no suite");
  }
  const merged = mergeSuites([old, { ...old, name: "lint" }], [{ ...old, summary: "newer" }]);
  expect(merged.map(({ name, summary }) => [name, summary])).toEqual([
    ["lint", old.summary],
    ["tasks", "newer"],
  ]);
});

test("results come back from their file, and a file of something else is none", () => {
  expect(parseResults(JSON.stringify(resultsOf()))).toEqual(resultsOf());
  expect(parseResults('{"schema":2}')).toBeUndefined();
  expect(parseResults("{")).toBeUndefined();
});
