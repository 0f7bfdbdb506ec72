import type { Outcome, PlannedRow, RunEvent, Terminal } from "../../../lib/core/event.ts";
import type { Finding } from "../../../lib/core/finding.ts";
import type { TaskId } from "../../../lib/core/task-id.ts";
import type { RenderOptions } from "../../../lib/render/index.ts";

export interface Recorder {
  readonly terminal: Terminal;
  out(): string;
  err(): string;
}

/** A terminal that keeps what is written to it. */
export function recorder(given: { colour?: boolean; live?: boolean; columns?: number; rows?: number } = {}): Recorder {
  const written = { out: "", err: "" };
  return {
    terminal: {
      out(text) {
        written.out += text;
      },
      err(text) {
        written.err += text;
      },
      colour: given.colour ?? false,
      live: given.live ?? false,
      columns: () => given.columns ?? 80,
      rows: () => given.rows ?? 24,
    },
    out: () => written.out,
    err: () => written.err,
  };
}

export function renderOptions(given: Partial<RenderOptions> = {}): RenderOptions {
  return { quiet: false, verbose: false, timings: false, root: "/project", readSource: () => undefined, ...given };
}

export const id = (text: string): TaskId => text as TaskId;

export const row = (name: string, more: Partial<PlannedRow> = {}): PlannedRow => ({
  id: id(name),
  summary: "",
  needs: [],
  group: false,
  asked: true,
  interactive: false,
  ...more,
});

/** Short makers of events; `at` is 0 where it does not matter. */
export const say = {
  run: (tasks: readonly PlannedRow[]): RunEvent => ({ type: "run-started", version: 1, tasks, at: 0 }),
  start: (name: string, at = 0, attempt = 1): RunEvent => ({ type: "task-started", id: id(name), attempt, at }),
  output: (name: string, text: string): RunEvent => ({
    type: "task-output",
    id: id(name),
    stream: "stdout",
    text,
    at: 0,
  }),
  finding: (name: string, given: Finding): RunEvent => ({ type: "task-finding", id: id(name), finding: given, at: 0 }),
  finish: (name: string, outcome: Outcome, duration = 300, at = 0): RunEvent => ({
    type: "task-finished",
    id: id(name),
    outcome,
    duration,
    at,
  }),
  end: (at: number): RunEvent => ({ type: "run-finished", exitCode: 0, at }),
};

export const finding = (given: Partial<Finding> = {}): Finding => ({
  tool: "shellcheck",
  rule: "SC2086",
  severity: "warning",
  path: "a.sh",
  line: 2,
  column: 1,
  message: "Quote this.",
  ...given,
});

export const passed: Outcome = { status: "passed" };

export const exited = (name: string, exitCode: number): Outcome => ({
  status: "failed",
  problems: [{ kind: "task-failed", id: id(name), exitCode }],
});

/** Waits for what other work brings about. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) {
      throw new Error(`never came: ${what}`);
    }
    await Bun.sleep(5);
  }
}

/** The same numbers for the same seed, between 0 and 1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
