import type { RunEvent } from "../../core/event.ts";
import type { TaskId } from "../../core/task-id.ts";
import type { RedactedStream, Redactor } from "./redactor.ts";

type Output = Extract<RunEvent, { type: "task-output" }>;

/** What steers those who read events: never a place for a secret, and nothing would fit together without it. */
const structure: ReadonlySet<string> = new Set([
  "type",
  "id",
  "kind",
  "status",
  "needs",
  "need",
  "tool",
  "stream",
  "severity",
  "signal",
]);

/**
 * Stands before all who are told what happens in a run, renderers, ledger and reports alike, and takes the secrets out, also those
 * that come in two pieces of output.
 */
export function cleanEvents(redactor: Redactor, tell: (event: RunEvent) => void): (event: RunEvent) => void {
  const streams = new Map<TaskId, Map<Output["stream"], RedactedStream>>();
  const streamOf = ({ id, stream }: Output): RedactedStream => {
    const ofTask = streams.get(id) ?? new Map<Output["stream"], RedactedStream>();
    streams.set(id, ofTask);
    const known = ofTask.get(stream) ?? redactor.stream();
    ofTask.set(stream, known);
    return known;
  };
  const endStreams = (id: TaskId, at: number): void => {
    for (const [stream, held] of streams.get(id) ?? []) {
      const text = held.end();
      if (text !== "") {
        tell({ type: "task-output", id, stream, text, at });
      }
    }
    streams.delete(id);
  };
  return (event) => {
    if (event.type === "task-output") {
      const text = streamOf(event).add(event.text);
      if (text !== "") {
        tell({ ...event, text });
      }
      return;
    }
    if (event.type === "task-finished" || event.type === "task-started") {
      endStreams(event.id, event.at);
    }
    tell(cleanValue(event, redactor) as RunEvent);
  };
}

function cleanValue(value: unknown, redactor: Redactor): unknown {
  if (typeof value === "string") {
    return redactor.text(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => cleanValue(item, redactor));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, structure.has(key) ? item : cleanValue(item, redactor)])
    );
  }
  return value;
}
