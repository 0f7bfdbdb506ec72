import type { Outcome, PlannedRow, RunEvent } from "../core/event.ts";
import { compareFindings, type Finding } from "../core/finding.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskId } from "../core/task-id.ts";

/** What has been said of one task so far; times are in milliseconds since the run began. */
export interface TaskRecord {
  readonly row: PlannedRow;
  attempt: number;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  took: number;
  outcome: Outcome | undefined;
  progress: { readonly text?: string; readonly done?: number; readonly total?: number };
  /** In the order in which it came, all attempts. */
  output: string[];
  /** Of the last attempt: those before it looked at the same files. */
  findings: Finding[];
}

/** What a run has said so far, for renderers that show more than the last event. */
export class RunRecord {
  readonly tasks = new Map<TaskId, TaskRecord>();
  /** When the last event came. */
  at = 0;

  apply(event: RunEvent): void {
    this.at = Math.max(this.at, event.at);
    switch (event.type) {
      case "run-started":
        for (const row of event.tasks) {
          this.tasks.set(row.id, blank(row));
        }
        return;
      case "task-started":
        this.#started(this.task(event.id), event.attempt, event.at);
        return;
      case "task-progress":
        this.task(event.id).progress = event;
        return;
      case "task-output":
        this.task(event.id).output.push(event.text);
        return;
      case "task-finding":
        this.task(event.id).findings.push(event.finding);
        return;
      case "task-finished":
        Object.assign(this.task(event.id), { outcome: event.outcome, finishedAt: event.at, took: event.duration });
        return;
      case "run-stopping":
      case "run-finished":
        return;
    }
  }

  task(id: TaskId): TaskRecord {
    const known = this.tasks.get(id);
    if (known !== undefined) {
      return known;
    }
    const made = blank({ id, summary: "", needs: [], group: false, asked: false, interactive: false });
    this.tasks.set(id, made);
    return made;
  }

  #started(state: TaskRecord, attempt: number, at: number): void {
    if (attempt > 1) {
      state.findings = [];
      if (state.output.length > 0) {
        state.output.push(`${endsLine(state.output) ? "" : "\n"}--- attempt ${attempt} ---\n`);
      }
    }
    state.attempt = attempt;
    state.startedAt ??= at;
    state.progress = {};
  }

  /** Tasks that did something of their own, in the order of the plan. */
  own(): readonly TaskRecord[] {
    return [...this.tasks.values()].filter((task) => !task.row.group);
  }

  findings(which: (task: TaskRecord) => boolean = () => true): readonly Finding[] {
    return [...this.tasks.values()]
      .filter(which)
      .flatMap((task) => task.findings)
      .toSorted(compareFindings);
  }

  /** That a task has findings is said by its line and by the findings. */
  problems(): readonly Problem[] {
    return [...this.tasks.values()]
      .flatMap(({ outcome }) => (outcome?.status === "failed" ? outcome.problems : []))
      .filter(({ kind }) => kind !== "findings");
  }
}

function blank(row: PlannedRow): TaskRecord {
  return {
    row,
    attempt: 0,
    startedAt: undefined,
    finishedAt: undefined,
    took: 0,
    outcome: undefined,
    progress: {},
    output: [],
    findings: [],
  };
}

/** True where the next chunk starts on a line of its own. */
export function endsLine(chunks: readonly string[]): boolean {
  return chunks.findLast((chunk) => chunk !== "")?.endsWith("\n") ?? true;
}

export function isIdle(outcome: Outcome | undefined): boolean {
  return outcome?.status === "skipped" && outcome.reason.kind === "nothing-to-do";
}
