import { expect, test } from "bun:test";
import { lastFrame, liveFrame } from "../../../lib/render/frame.ts";
import { LiveArea } from "../../../lib/render/live-area.ts";
import { rowOf } from "../../../lib/render/row.ts";
import { RunRecord } from "../../../lib/render/record.ts";
import type { FrameView, Row, RowState } from "../../../lib/render/row-line.ts";
import { createStyle } from "../../../lib/render/style.ts";
import { exited, id, passed, random, recorder, row as planned, say } from "./recorder.ts";

const view = (given: Partial<FrameView> = {}): FrameView => ({
  style: createStyle(false),
  columns: 80,
  lines: 24,
  spinner: "*",
  stopping: false,
  ...given,
});

const row = (name: string, state: RowState, more: Partial<Row> = {}): Row => ({
  id: name,
  state,
  detail: "",
  time: "",
  output: "",
  ...more,
});

const rows: readonly Row[] = [
  row("lint:bash", "passed", { detail: "12 files", time: "0.3 s" }),
  row("lint:python", "running", { detail: "12/40 files", time: "3 s", output: "checking a.py" }),
  row("test", "failed", { detail: "exited with 7", time: "2.1 s" }),
  row("lint:nix", "missing", { detail: "`statix` is not to be found" }),
  row("ship", "skipped", { detail: "`test` did not pass" }),
  row("lint:go", "idle"),
  row("lint:rust", "idle"),
  row("late", "waiting"),
];

test("while tasks run, a row each for those that began, and the count of all", () => {
  expect(liveFrame(rows, view())).toEqual([
    "✔ lint:bash    12 files, 0.3 s",
    "* lint:python  12/40 files, 3 s",
    "    › checking a.py",
    "✖ test         exited with 7, 2.1 s",
    "! lint:nix     `statix` is not to be found",
    "- ship         `test` did not pass",
    "  6/8 done, 1 waiting, 1 failed",
  ]);
});

test("what stays has no output, and one line for all that had nothing to do", () => {
  expect(lastFrame(rows, { ...view(), quiet: false, verbose: false })).toEqual([
    "✔ lint:bash    12 files, 0.3 s",
    "* lint:python  12/40 files, 3 s",
    "✖ test         exited with 7, 2.1 s",
    "! lint:nix     `statix` is not to be found",
    "- ship         `test` did not pass",
    "- 2 had nothing to do: lint:go, lint:rust",
  ]);
});

test("quiet leaves only what failed or has no tool", () => {
  expect(lastFrame(rows, { ...view(), quiet: true, verbose: false })).toEqual([
    "✖ test      exited with 7, 2.1 s",
    "! lint:nix  `statix` is not to be found",
  ]);
});

test("at 40 columns rows are cut, never wrapped", () => {
  expect(liveFrame(rows, view({ columns: 40 }))).toEqual([
    "✔ lint:bash    12 files, 0.3 s",
    "* lint:python  12/40 files, 3 s",
    "    › checking a.py",
    "✖ test         exited with 7, 2.1 s",
    "! lint:nix     `statix` is not to be f…",
    "- ship         `test` did not pass",
    "  6/8 done, 1 waiting, 1 failed",
  ]);
});

test("more rows than lines: what runs and what failed stays, the rest is counted", () => {
  const many = [
    ...Array.from({ length: 20 }, (_, index) => row(`done-${index}`, "passed")),
    row("broken", "failed"),
    ...Array.from({ length: 3 }, (_, index) => row(`now-${index}`, "running", { output: "busy" })),
  ];
  expect(liveFrame(many, view({ lines: 8 }))).toEqual([
    "✔ 19 passed",
    "✔ done-19",
    "✖ broken",
    "* now-0",
    "* now-1",
    "* now-2",
    "  21/24 done, 1 failed",
  ]);
  expect(lastFrame(many.slice(0, 21), { ...view({ lines: 8 }), quiet: false, verbose: false })).toEqual([
    "✔ 20 passed",
    "✖ broken",
  ]);
  expect(lastFrame(many.slice(0, 21), { ...view({ lines: 8 }), quiet: false, verbose: true })).toHaveLength(21);
});

test("no frame is wider or higher than its window, whatever stands in it", () => {
  const states: readonly RowState[] = [
    "waiting",
    "running",
    "passed",
    "failed",
    "skipped",
    "missing",
    "idle",
    "cancelled",
  ];
  const texts = ["", "12 files", "日本語".repeat(30), "👩‍👩‍👧 family ".repeat(9), "a".repeat(300)];
  for (let seed = 1; seed <= 300; seed += 1) {
    const next = random(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
    const some = Array.from({ length: Math.floor(next() * 60) }, (_, index) =>
      row(`${pick(["a", "lint:", "a-very-long-name:".repeat(4)])}${index}`, pick(states), {
        detail: pick(texts),
        time: pick(["", "3 s"]),
        output: pick(texts),
      })
    );
    const size = { columns: 1 + Math.floor(next() * 100), lines: 2 + Math.floor(next() * 40) };
    const frame = liveFrame(some, view({ ...size, stopping: next() < 0.3, style: createStyle(next() < 0.5) }));
    expect([seed, frame.length]).toEqual([seed, Math.min(frame.length, size.lines - 1)]);
    for (const line of frame) {
      expect([seed, Bun.stringWidth(line) < Math.max(2, size.columns)]).toEqual([seed, true]);
    }
  }
});

const progress: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ text: "files", done: 12, total: 40 }, "12/40 files"],
  [{ done: 12, total: 40 }, "12/40"],
  [{ text: "files", done: 12 }, "12 files"],
  [{ text: "waiting for ssh" }, "waiting for ssh"],
  [{ text: "two\nlines" }, "two lines"],
  [{ text: "file", total: 3 }, "3 files"],
];

test.each(progress)("progress %j is said as %s", (step, words) => {
  const record = new RunRecord();
  record.apply(say.run([planned("a")]));
  record.apply(say.start("a", 100));
  record.apply({ type: "task-progress", id: id("a"), at: 100, ...step });
  expect(rowOf(record.task(id("a")), 1500)).toEqual({
    id: "a",
    state: "running",
    detail: words,
    time: "1 s",
    output: "",
  });
});

const tails: readonly (readonly [string, readonly string[], string])[] = [
  ["a whole line", ["one\n", "two\n"], "two"],
  ["a line without its end", ["one\ntw", "o"], "two"],
  ["blank lines behind it", ["one\n", "\n", "  \r\n"], "one"],
  ["a progress bar", ["10%\r50%\r", "99%\r"], "99%"],
  ["colours", ["\x1b[32mok\x1b[0m\n"], "ok"],
  ["nothing", [], ""],
  ["much", ["x\n".repeat(100_000), "end"], "end"],
];

test.each(tails)("the last line of output with %s", (_, chunks, line) => {
  const record = new RunRecord();
  record.apply(say.start("a"));
  for (const text of chunks) {
    record.apply(say.output("a", text));
  }
  expect(rowOf(record.task(id("a")), 0).output).toBe(line);
});

test("a second attempt is said", () => {
  const record = new RunRecord();
  for (const event of [say.start("a"), say.start("a", 0, 2)]) {
    record.apply(event);
  }
  expect(rowOf(record.task(id("a")), 0).detail).toBe("attempt 2");
  record.apply(say.finish("a", exited("a", 1)));
  expect(rowOf(record.task(id("a")), 0)).toMatchObject({ state: "failed", detail: "exited with 1" });
  record.apply(say.finish("a", passed));
  expect(rowOf(record.task(id("a")), 0).state).toBe("passed");
});

test("a live area goes up by as many lines as a narrower window has made of it", () => {
  let columns = 20;
  const screen = recorder();
  const area = new LiveArea({ ...screen.terminal, columns: () => columns });
  area.draw(["a".repeat(19), "b"]);
  columns = 10;
  area.draw(["a"]);
  expect(screen.out()).toEndWith("\x1b[?2026h\r\x1b[3A\x1b[Ka\n\x1b[J\x1b[?2026l");
  area.clear();
  expect(screen.out()).toEndWith("\r\x1b[1A\x1b[K\n\x1b[K\r\x1b[1A\x1b[?25h");
});
