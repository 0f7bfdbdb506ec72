import type { RunEvent, Terminal } from "../core/event.ts";
import { writeProblems } from "./closing.ts";
import type { RunRenderer } from "./options.ts";
import { outcomeData } from "./problems.ts";
import { RunRecord } from "./record.ts";
import { createStyle } from "./style.ts";

type FieldsOf<T extends RunEvent["type"]> = Exclude<keyof Extract<RunEvent, { type: T }>, "type">;

/** The fields of each event, in the order in which they are written; `docs/events.md` explains them. */
export const eventFields: { readonly [T in RunEvent["type"]]: readonly FieldsOf<T>[] } = {
  "run-started": ["version", "at", "tasks"],
  "task-started": ["at", "id", "attempt"],
  "task-progress": ["at", "id", "text", "done", "total"],
  "task-output": ["at", "id", "stream", "text"],
  "task-finding": ["at", "id", "finding"],
  "task-finished": ["at", "id", "duration", "outcome"],
  "run-stopping": ["at", "signal"],
  "run-finished": ["at", "exitCode"],
};

/** One event as one line of JSON. */
export function eventLine(event: RunEvent): string {
  const fields: Readonly<Record<string, unknown>> =
    event.type === "task-finished" ? { ...event, outcome: outcomeData(event.outcome) } : { ...event };
  const ordered = Object.fromEntries(["type", ...eventFields[event.type]].map((name) => [name, fields[name]]));
  return `${JSON.stringify(ordered)}\n`;
}

/** The events themselves as NDJSON on stdout, each as it comes; problems in words on stderr. */
export function createJson(terminal: Terminal): RunRenderer {
  const record = new RunRecord();
  return {
    handle(event: RunEvent): void {
      if (event.type !== "task-output" && event.type !== "task-finding") {
        record.apply(event);
      }
      terminal.out(eventLine(event));
    },
    async finish(): Promise<void> {
      writeProblems(record, terminal, createStyle(terminal.colour));
    },
    print: (text) => terminal.out(text),
  };
}
