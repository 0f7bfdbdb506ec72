import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Outcome, RunEvent } from "../core/event.ts";
import type { Finding } from "../core/finding.ts";
import { show } from "../core/problem.ts";
import type { TaskId } from "../core/task-id.ts";
import { type Line, linesVersion, type RunStart, type TaskLine } from "./lines.ts";
import { ownMark } from "./owner.ts";
import { logFiles, newRunName, recordFile } from "./place.ts";
import { TaskLog } from "./task-log.ts";

interface TaskState {
  attempts: number;
  findings: number;
  log: TaskLog | undefined;
  /** Whether what comes next begins a line. */
  isAtLineStart: boolean;
}

export interface WriterOptions {
  /** The project's folder of runs, absolute. */
  readonly folder: string;
  /** How large the log of one task may grow, in bytes. */
  readonly taskLimit: number;
  readonly now: () => Date;
}

/**
 * Writes a run down while it goes on, so that of one that is killed all is there up to then. What goes wrong with the disk ends the
 * writing and nothing else.
 */
export class LedgerWriter {
  readonly #start: RunStart;
  readonly #options: WriterOptions;
  readonly #tasks = new Map<TaskId, TaskState>();
  #run = "";
  #record: number | undefined;
  #isBroken = false;
  #written = 0;

  constructor(start: RunStart, options: WriterOptions) {
    this.#start = start;
    this.#options = options;
  }

  /** How much of the disk the run took, in bytes. */
  get size(): number {
    return this.#written + [...this.#tasks.values()].reduce((sum, { log }) => sum + (log?.total ?? 0), 0);
  }

  handle(event: RunEvent): void {
    if (this.#isBroken) {
      return;
    }
    try {
      this.#take(event);
    } catch {
      this.#isBroken = true;
      this.close();
    }
  }

  close(): void {
    for (const { log } of this.#tasks.values()) {
      try {
        log?.close();
      } catch {
        this.#isBroken = true;
      }
    }
    const record = this.#record;
    this.#record = undefined;
    try {
      if (record !== undefined) {
        closeSync(record);
      }
    } catch {
      // A network disk may say only now that it is full.
      this.#isBroken = true;
    }
  }

  #take(event: RunEvent): void {
    switch (event.type) {
      case "run-started":
        this.#open(event.tasks);
        return;
      case "task-started":
        this.#started(event.id, event.attempt);
        return;
      case "task-output":
        this.#log(event.id, event.text);
        return;
      case "task-finding": {
        const state = this.#state(event.id);
        state.findings += 1;
        this.#log(event.id, `${state.isAtLineStart ? "" : "\n"}${findingLine(event.finding)}`);
        return;
      }
      case "task-finished":
        this.#finished(event);
        return;
      case "run-finished":
        this.#write({ type: "run-finished", at: event.at, exitCode: event.exitCode });
        return;
      case "task-progress":
      case "run-stopping":
        return;
    }
  }

  #open(tasks: Extract<RunEvent, { type: "run-started" }>["tasks"]): void {
    const at = this.#options.now();
    mkdirSync(this.#options.folder, { recursive: true, mode: 0o700 });
    this.#run = join(this.#options.folder, newRunName(at));
    mkdirSync(this.#run, { mode: 0o700 });
    this.#record = openSync(join(this.#run, recordFile), "ax", 0o600);
    this.#write({
      type: "run-started",
      format: linesVersion,
      at: at.toISOString(),
      ...this.#start,
      owner: ownMark(),
      tasks: tasks.map(({ id, needs, group, asked }) => ({ id, needs, group, asked })),
    });
  }

  #started(id: TaskId, attempt: number): void {
    const state = this.#state(id);
    state.attempts = attempt;
    // Findings of earlier attempts are void.
    state.findings = 0;
    if (attempt > 1 && state.log !== undefined) {
      this.#log(id, `${state.isAtLineStart ? "" : "\n"}--- attempt ${attempt} ---\n`);
    }
  }

  #log(id: TaskId, text: string): void {
    if (text === "") {
      return;
    }
    const state = this.#state(id);
    state.log ??= new TaskLog(logFiles(this.#run, id), this.#options.taskLimit);
    state.log.write(text);
    state.isAtLineStart = text.endsWith("\n");
  }

  #finished({ id, outcome, at, duration }: Extract<RunEvent, { type: "task-finished" }>): void {
    const { attempts, findings, log } = this.#state(id);
    log?.close();
    const line = { id, at, duration, attempts, findings, logged: log?.total ?? 0, ...outcomeFields(outcome) };
    this.#write({ type: "task-finished", ...line });
  }

  #state(id: TaskId): TaskState {
    const known = this.#tasks.get(id);
    if (known !== undefined) {
      return known;
    }
    const state = { attempts: 0, findings: 0, log: undefined, isAtLineStart: true };
    this.#tasks.set(id, state);
    return state;
  }

  /** In one call: a line is there or it is not, but for a disk that is full. */
  #write(line: Line): void {
    if (this.#record !== undefined) {
      this.#written += writeSync(this.#record, `${JSON.stringify(line)}\n`);
    }
  }
}

function outcomeFields(outcome: Outcome): Pick<TaskLine, "status" | "note" | "reason" | "need" | "problems"> {
  switch (outcome.status) {
    case "passed":
      return { status: "passed", ...(outcome.note === undefined ? {} : { note: outcome.note }) };
    case "failed":
      return {
        status: "failed",
        ...(outcome.note === undefined ? {} : { note: outcome.note }),
        problems: outcome.problems.map((problem) => {
          const { message, hint } = show(problem);
          return { text: message, ...(hint === undefined ? {} : { hint }) };
        }),
      };
    case "skipped": {
      const { reason } = outcome;
      return {
        status: "skipped",
        reason: reason.kind,
        ...(reason.kind === "need-failed" ? { need: reason.need } : {}),
      };
    }
    case "cancelled":
      return { status: "cancelled" };
  }
}

/** As compilers say it, for editors to find. */
function findingLine({ path, line, column, severity, message, tool, rule }: Finding): string {
  const name = rule === "" ? tool : `${tool} ${rule}`;
  return `${path}:${line}:${column}: ${severity}: ${message.replaceAll(/\s*\n\s*/g, " ")} [${name}]\n`;
}
