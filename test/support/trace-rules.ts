import { expect } from "bun:test";
import type { TraceEvent } from "../../lib/report/trace/trace-file.ts";

/**
 * What a reader of traces relies on (the "Trace Event Format" document of the Chromium project): the fields of each kind of event,
 * times that never go back, tracks that have names, and slices that on one track do not overlap.
 */
export function checkTrace(events: readonly TraceEvent[]): void {
  const named = new Set<string>();
  let last = 0;
  for (const event of events) {
    expect(event.name).toBeString();
    expect(Number.isInteger(event.pid) && Number.isInteger(event.tid)).toBe(true);
    expect(event.ts).toBeGreaterThanOrEqual(0);
    if (event.ph === "M") {
      expect(["process_name", "thread_name", "thread_sort_index"]).toContain(event.name);
      expect(event.args).toBeDefined();
      named.add(`${event.name} ${event.pid} ${event.tid}`);
      continue;
    }
    expect(event.ts).toBeGreaterThanOrEqual(last);
    last = event.ts;
    expect(["X", "i", "C"]).toContain(event.ph);
    expect(event.ph === "X").toBe(event.dur !== undefined);
    if (event.ph === "X") {
      expect(named.has(`process_name ${event.pid} 0`)).toBe(true);
      expect(named.has(`thread_name ${event.pid} ${event.tid}`)).toBe(true);
    }
    if (event.ph === "C") {
      expect(Object.values(event.args ?? {}).every((value) => typeof value === "number")).toBe(true);
    }
  }
  expect(overlaps(events)).toEqual([]);
}

function overlaps(events: readonly TraceEvent[]): readonly string[] {
  const ends = new Map<string, number>();
  return events.flatMap(({ ph, pid, tid, ts, dur = 0, name }) => {
    const track = `${pid} ${tid}`;
    const until = ends.get(track) ?? 0;
    if (ph !== "X") {
      return [];
    }
    ends.set(track, Math.max(until, ts + dur));
    // Times are to the nanosecond; sums of them are not.
    return ts + 0.0005 < until ? [`${name} begins at ${ts}, on a track that is taken until ${until}`] : [];
  });
}
