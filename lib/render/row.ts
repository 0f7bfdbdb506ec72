import type { Row, RowState } from "./row-line.ts";
import { lastLine, oneLine } from "./printable.ts";
import type { TaskRecord } from "./record.ts";
import { count, duration, elapsedWords, failWords, skipWords } from "./words.ts";

/** A task as a row, at a moment in milliseconds since the run began. */
export function rowOf(task: TaskRecord, now: number): Row {
  const state = stateOf(task);
  const elapsed = state === "running" ? now - (task.startedAt ?? now) : task.took;
  const isTimed = state === "running" ? elapsed >= 1000 : state === "passed" || state === "failed";
  return {
    id: task.row.id,
    state,
    detail: detailOf(task),
    time: !isTimed ? "" : state === "running" ? elapsedWords(elapsed) : duration(elapsed),
    output: state === "running" ? lastLine(task.output) : "",
  };
}

function stateOf({ outcome, startedAt }: TaskRecord): RowState {
  if (outcome === undefined) {
    return startedAt === undefined ? "waiting" : "running";
  }
  if (outcome.status !== "skipped") {
    return outcome.status;
  }
  if (outcome.reason.kind === "nothing-to-do") {
    return "idle";
  }
  return outcome.reason.kind === "tool-missing" ? "missing" : "skipped";
}

function detailOf({ row, outcome, progress, attempt }: TaskRecord): string {
  switch (outcome?.status) {
    case undefined: {
      const tried = attempt > 1 ? [`attempt ${attempt}`] : [];
      return [...tried, progressWords(progress)].filter((part) => part !== "").join(", ");
    }
    case "passed":
      return oneLine(outcome.note ?? "");
    case "failed":
      return [failWords(row.id, outcome), oneLine(outcome.note ?? "")].filter((part) => part !== "").join(", ");
    case "skipped":
      return skipWords(outcome.reason);
    case "cancelled":
      return "cancelled";
  }
}

/** `12/40 files`, where the task says `files` and how many. */
function progressWords({ text = "", done, total }: TaskRecord["progress"]): string {
  const words = oneLine(text);
  if (done === undefined) {
    return total === undefined ? words : count(total, words === "" ? "step" : words);
  }
  const steps = total === undefined ? `${done}` : `${done}/${total}`;
  return words === "" ? steps : `${steps} ${words}`;
}
