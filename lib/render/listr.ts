import type { Outcome, PlannedRow, RunEvent, Terminal } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";
import { missingLines, outputBlock, writeClosing } from "./closing.ts";
import type { RenderOptions, RunRenderer } from "./options.ts";
import { RunRecord } from "./record.ts";
import { Screen } from "./screen.ts";
import { LineStream } from "./stream.ts";
import { createStyle, type Style } from "./style.ts";
import { failWords, skipWords } from "./words.ts";

type Library = typeof import("listr2");

/** Rows on a terminal: a row of listr2 per task, which lasts until the events say that the task has ended. */
export async function createListr(terminal: Terminal, options: RenderOptions): Promise<RunRenderer> {
  return new ListrView(await import("listr2"), terminal, options);
}

class ListrView implements RunRenderer {
  readonly #library: Library;
  readonly #terminal: Terminal;
  readonly #options: RenderOptions;
  readonly #style: Style;
  readonly #record = new RunRecord();
  readonly #screen: Screen;
  readonly #stream: LineStream;
  readonly #ends = new Map<TaskId, PromiseWithResolvers<Outcome>>();
  #run: Promise<unknown> = Promise.resolve();

  constructor(library: Library, terminal: Terminal, options: RenderOptions) {
    this.#library = library;
    this.#terminal = terminal;
    this.#options = options;
    this.#style = createStyle(terminal.colour);
    this.#screen = new Screen(new library.Spinner(), terminal, options, this.#record);
    const write = (text: string): void => this.#screen.above(text);
    this.#stream = new LineStream({ style: this.#style, live: true, partials: false, write });
  }

  handle(event: RunEvent): void {
    this.#record.apply(event);
    switch (event.type) {
      case "run-started":
        this.#start(event.tasks.filter((row) => !row.group));
        return;
      case "task-started":
        this.#screen.started(this.#record.task(event.id).row);
        return;
      case "task-output":
        if (this.#options.verbose) {
          this.#stream.write(event.id, event.text);
        }
        return;
      case "task-finished":
        this.#finished(event.id, event.outcome);
        return;
      case "run-stopping":
        this.#screen.stopping();
        return;
      case "task-progress":
      case "task-finding":
      case "run-finished":
        return;
    }
  }

  async finish(): Promise<void> {
    this.#stream.endAll();
    // A run that broke off has tasks of which nobody will say more.
    for (const end of this.#ends.values()) {
      end.resolve({ status: "cancelled" });
    }
    await this.#run;
    this.#screen.stop();
    const failed = this.#record.own().filter(({ outcome }) => outcome?.status === "failed");
    const blocks = this.#options.verbose ? [] : failed.map((task) => outputBlock(task, this.#style));
    const parts = [...blocks, missingLines(this.#record)].filter((part) => part !== "");
    if (parts.length > 0) {
      this.#terminal.out(parts.map((part) => `\n${part}`).join(""));
    }
    await writeClosing(this.#record, this.#terminal, this.#options, this.#style);
  }

  print(text: string): void {
    this.#screen.above(text);
  }

  #finished(id: TaskId, outcome: Outcome): void {
    this.#stream.end(id);
    const task = this.#record.task(id);
    if (outcome.status !== "failed") {
      task.output = [];
    }
    this.#screen.finished(task.row);
    this.#ends.get(id)?.resolve(outcome);
  }

  #start(rows: readonly PlannedRow[]): void {
    for (const row of rows) {
      this.#ends.set(row.id, Promise.withResolvers());
    }
    const tasks = rows.map((row) => ({
      title: row.id,
      task: async (_: unknown, task: { skip(why: string): void }): Promise<void> => {
        const outcome = await this.#ends.get(row.id)?.promise;
        if (outcome?.status === "failed") {
          throw new Error(failWords(row.id, outcome));
        }
        if (outcome?.status === "skipped") {
          task.skip(skipWords(outcome.reason));
        }
      },
    }));
    this.#run = new this.#library.Listr(tasks, {
      concurrent: true,
      exitOnError: false,
      // Signals are the business of those who run the tasks; listr2 would end the process by itself.
      registerSignalListeners: false,
      renderer: rendererOver(this.#screen),
    }).run();
  }
}

/**
 * A renderer of our own for listr2. The one that it brings draws every task from the start, and counts lines as
 * they were when they were drawn: a window that becomes narrower, or has fewer lines than tasks, is left in disorder.
 */
function rendererOver(screen: Screen) {
  return class {
    static readonly nonTTY = true;
    static readonly rendererOptions = {};
    static readonly rendererTaskOptions = {};
    render(): void {
      screen.start();
    }
    end(): void {
      screen.stop();
    }
  };
}
