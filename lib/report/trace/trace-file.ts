import { basename } from "node:path";
import type { RunEvent } from "../../core/event.ts";
import { show } from "../../core/problem.ts";
import type { TaskId } from "../../core/task-id.ts";
import { Lanes } from "./lanes.ts";
import type { Span } from "./span.ts";

/**
 * One event in Chrome's trace event format (the "Trace Event Format" document of the Chromium project), which Perfetto reads too.
 * Times are in microseconds.
 */
export interface TraceEvent {
  readonly name: string;
  /** `X` a slice, `M` the name of a track, `i` a moment, `C` a number over time. */
  readonly ph: "X" | "M" | "i" | "C";
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly s?: "g";
  readonly args?: Readonly<Record<string, unknown>>;
}

/** Groups of tracks; the format calls them processes. */
const groups = { places: 1, processes: 2, waits: 3, locks: 4 } as const;

/** A wait that is shorter, in milliseconds, is only the way through the code. */
const shortestWait = 0.5;

type Finished = Extract<RunEvent, { type: "task-finished" }>;

/** All events of a trace, in the order of their times, behind the names of the tracks. */
export function traceEvents(spans: readonly Span[], events: readonly RunEvent[]): readonly TraceEvent[] {
  const finished = new Map(events.filter((event) => event.type === "task-finished").map((event) => [event.id, event]));
  const lanes = new Lanes();
  const slices = spans
    .filter((span) => span.kind !== "wait" || span.to - span.from >= shortestWait)
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .map((span) => sliceOf(span, lanes, finished));
  const moments = events.flatMap((event) => momentOf(event));
  const used = new Set(lanes.tracks().map(({ group }) => group));
  return [
    ...Object.entries(groups).flatMap(([name, pid]) => (used.has(pid) ? [named("process_name", pid, 0, name)] : [])),
    ...lanes
      .tracks()
      .flatMap(({ group, track, name }) => [
        named("thread_name", group, track, name),
        { ...named("thread_sort_index", group, track, ""), args: { sort_index: track } },
      ]),
    ...[...slices, ...moments, ...running(events)].toSorted((a, b) => a.ts - b.ts),
  ];
}

function named(name: string, pid: number, tid: number, value: string): TraceEvent {
  return { name, ph: "M", pid, tid, ts: 0, args: { name: value } };
}

function sliceOf(span: Span, lanes: Lanes, finished: ReadonlyMap<TaskId, Finished>): TraceEvent {
  const slice = (
    group: keyof typeof groups,
    lane: string,
    name: string,
    args: TraceEvent["args"] = {}
  ): TraceEvent => ({
    name,
    ph: "X",
    cat: span.kind,
    pid: groups[group],
    tid: lanes.place(groups[group], lane, span),
    ts: micro(span.from),
    dur: micro(micro(span.to) / 1000 - micro(span.from) / 1000),
    args: { ...(span.task === undefined ? {} : { task: span.task }), ...args },
  });
  switch (span.kind) {
    case "place":
      return slice(
        "places",
        `place ${span.place + 1}`,
        span.task ?? "k",
        outcomeArgs(finished.get(span.task as TaskId))
      );
    case "process":
      return slice("processes", "process", programName(span.argv), {
        command: span.argv.join(" "),
        folder: span.cwd,
        ...(span.pid === undefined ? {} : { pid: span.pid }),
        end: span.end,
      });
    case "wait":
      return slice("waits", "wait", waitName(span), { locks: span.locks });
    case "lock":
      return slice("locks", span.lock, `${span.task ?? "k"} (${span.mode})`);
  }
}

function waitName({ task, what, locks }: Extract<Span, { kind: "wait" }>): string {
  const forWhat = what === "place" ? "a place" : locks.length === 0 ? "the terminal" : locks.join(", ");
  return `${task ?? "k"} waits for ${forWhat}`;
}

/** A script is known by its own name, not by that of what runs it. */
function programName([program = "", ...words]: readonly string[]): string {
  const name = basename(program);
  const script = /^(?:bun|node|python3?|k)$/.test(name) ? words.find((word) => /\.\w+$/.test(word)) : undefined;
  return script === undefined ? name : `${name} ${basename(script)}`;
}

function outcomeArgs(event: Finished | undefined): Readonly<Record<string, unknown>> {
  if (event === undefined) {
    return {};
  }
  const { outcome } = event;
  const problems = outcome.status === "failed" ? outcome.problems.map((problem) => show(problem).message) : [];
  return {
    outcome: outcome.status,
    ...("note" in outcome && outcome.note !== undefined ? { note: outcome.note } : {}),
    ...(problems.length === 0 ? {} : { problems }),
  };
}

function momentOf(event: RunEvent): readonly TraceEvent[] {
  if (event.type !== "run-stopping") {
    return [];
  }
  return [
    { name: `stopping: ${event.signal}`, ph: "i", s: "g", pid: groups.places, tid: 0, ts: micro(event.at), cat: "run" },
  ];
}

/** How many tasks run, each time that changes. */
function running(events: readonly RunEvent[]): readonly TraceEvent[] {
  const open = new Set<TaskId>();
  return events.flatMap((event) => {
    if (event.type === "task-started") {
      open.add(event.id);
    } else if (event.type !== "task-finished" || !open.delete(event.id)) {
      return [];
    }
    return [
      {
        name: "tasks at once",
        ph: "C",
        pid: groups.places,
        tid: 0,
        ts: micro(event.at),
        args: { tasks: open.size },
      } as const,
    ];
  });
}

/** To the nanosecond. */
function micro(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 1_000_000) / 1000);
}

/** The file: one event per line, so that it can be read and compared. */
export function traceText(events: readonly TraceEvent[], about: Readonly<Record<string, unknown>>): string {
  const lines = events.map((event) => JSON.stringify(event)).join(",\n");
  return `{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[\n${lines}\n]}\n`;
}
