import type { RunEvent, Terminal } from "../core/event.ts";
import { outputBlock, writeClosing } from "./closing.ts";
import type { RenderOptions, RunRenderer } from "./options.ts";
import { isIdle, RunRecord, type TaskRecord } from "./record.ts";
import { LineStream } from "./stream.ts";
import { createStyle, type Style } from "./style.ts";
import { failWords, noteWords, skipWords } from "./words.ts";

/** A line per task when it has ended, for pipes, logs and simple terminals. */
export function createPlain(terminal: Terminal, options: RenderOptions): RunRenderer {
  const style = createStyle(terminal.colour);
  const record = new RunRecord();
  const lines = new OutcomeLines(style, options);
  let isLed = false;
  const write = (text: string): void => {
    isLed = true;
    terminal.out(text);
  };
  const stream = new LineStream({ style, live: terminal.live, partials: true, write });

  const finished = (state: TaskRecord): void => {
    stream.end(state.row.id);
    const block = state.outcome?.status === "failed" && !options.verbose ? outputBlock(state, style) : "";
    const text = `${lines.line(state)}${block}`;
    if (state.outcome?.status !== "failed") {
      state.output = [];
    }
    if (text === "") {
      return;
    }
    stream.close();
    write(text);
  };

  return {
    handle(event: RunEvent): void {
      record.apply(event);
      if (event.type === "task-finished") {
        finished(record.task(event.id));
      } else if (event.type === "task-output" && options.verbose) {
        stream.write(event.id, event.text);
      } else if (event.type === "task-started" && event.attempt > 1 && !options.quiet) {
        stream.end(event.id);
        stream.close();
        write(`${event.id}: trying again, attempt ${event.attempt}\n`);
      } else if (event.type === "run-stopping") {
        stream.close();
        write(`${style.warn("stopping, again to kill")}\n`);
      }
    },
    async finish(): Promise<void> {
      stream.endAll();
      await writeClosing(record, terminal, options, style, isLed);
    },
    print(text: string): void {
      stream.close();
      write(text);
    },
  };
}

/** The words for a task that has ended. */
export class OutcomeLines {
  readonly #style: Style;
  readonly #options: RenderOptions;
  readonly #missing = new Set<string>();

  constructor(style: Style, options: RenderOptions) {
    this.#style = style;
    this.#options = options;
  }

  /** `lint:bash: passed (12 files, 0.3 s)`; empty for a task that is not to be shown. */
  line(task: TaskRecord): string {
    const { row, outcome } = task;
    if (outcome === undefined || this.#isHidden(task)) {
      return "";
    }
    return `${row.id}: ${this.#words(task)}\n`;
  }

  #words({ row, outcome, took }: TaskRecord): string {
    const style = this.#style;
    switch (outcome?.status) {
      case undefined:
        return "";
      case "passed":
        return `${style.good("passed")} ${style.dim(`(${noteWords(outcome, took)})`)}`;
      case "failed":
        return `${style.bad("failed")}: ${failWords(row.id, outcome)} ${style.dim(`(${noteWords(outcome, took)})`)}`;
      case "cancelled":
        return style.warn("cancelled");
      case "skipped":
        return `${style.warn("skipped")}, ${skipWords(outcome.reason)}${this.#installWords(outcome.reason)}`;
    }
  }

  /** The command that brings a missing tool, with the first task that misses it. */
  #installWords(reason: { readonly kind: string; readonly tool?: string; readonly install?: string }): string {
    if (reason.tool === undefined || this.#missing.has(reason.tool)) {
      return "";
    }
    this.#missing.add(reason.tool);
    return `; ${reason.install}`;
  }

  #isHidden({ row, outcome }: TaskRecord): boolean {
    const { quiet, verbose } = this.#options;
    if (quiet) {
      return row.group || !(outcome?.status === "failed" || isMissing(outcome));
    }
    return !verbose && (row.group || isIdle(outcome));
  }
}

function isMissing(outcome: TaskRecord["outcome"]): boolean {
  return outcome?.status === "skipped" && outcome.reason.kind === "tool-missing";
}
