import type { PlannedRow, Terminal } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";
import { lastFrame, liveFrame } from "./frame.ts";
import { LiveArea } from "./live-area.ts";
import type { RenderOptions } from "./options.ts";
import type { RunRecord } from "./record.ts";
import { rowOf } from "./row.ts";
import type { FrameView, Row } from "./row-line.ts";
import { createStyle, type Style } from "./style.ts";

/** What turns while tasks run; listr2's own fits. */
export interface Spinner {
  start(tick: () => void, interval: number): void;
  stop(): void;
  fetch(): string;
}

/** Between two frames, in milliseconds. */
const pace = 80;

/** The rows of a run on a terminal: drawn again and again while it lasts, written once when it is over. */
export class Screen {
  readonly #spinner: Spinner;
  readonly #terminal: Terminal;
  readonly #options: RenderOptions;
  readonly #record: RunRecord;
  readonly #style: Style;
  readonly #area: LiveArea;
  /** Tasks in the order in which they first showed: a row keeps its place. */
  readonly #shown = new Set<TaskId>();
  /** Interactive tasks that own the terminal now. */
  readonly #owners = new Set<TaskId>();
  #origin = 0;
  #state: "idle" | "running" | "stopping" | "over" = "idle";

  constructor(spinner: Spinner, terminal: Terminal, options: RenderOptions, record: RunRecord) {
    this.#spinner = spinner;
    this.#terminal = terminal;
    this.#options = options;
    this.#record = record;
    this.#style = createStyle(terminal.colour);
    this.#area = new LiveArea(terminal);
  }

  /** Draws nothing yet: a run that is over at once needs no frame. */
  start(): void {
    this.#origin = performance.now() - this.#record.at;
    if (this.#state === "idle") {
      this.#state = "running";
    }
    if (this.#owners.size === 0) {
      this.#spinner.start(() => this.#draw(), pace);
    }
  }

  started(row: PlannedRow): void {
    if (row.group) {
      return;
    }
    this.#shown.add(row.id);
    if (!row.interactive) {
      return;
    }
    this.#owners.add(row.id);
    this.#spinner.stop();
    this.#area.clear();
  }

  finished(row: PlannedRow): void {
    if (!row.group) {
      this.#shown.add(row.id);
    }
    const owned = this.#owners.delete(row.id);
    if (owned && this.#owners.size === 0 && this.#isDrawing()) {
      this.#spinner.start(() => this.#draw(), pace);
    }
  }

  /** Draws at once: the user has just pressed a key, and the terminal may have written it among the rows. */
  stopping(): void {
    if (this.#isDrawing()) {
      this.#state = "stopping";
    }
    if (this.#owners.size === 0) {
      this.#draw();
    }
  }

  above(text: string): void {
    this.#area.above(text);
  }

  /** Takes the drawing away and writes the rows as they stay. */
  stop(): void {
    if (this.#state === "over") {
      return;
    }
    this.#state = "over";
    this.#spinner.stop();
    this.#area.clear();
    const { quiet, verbose } = this.#options;
    const lines = lastFrame(this.#rows(), { ...this.#view(), quiet, verbose });
    if (lines.length > 0) {
      this.#terminal.out(`${lines.join("\n")}\n`);
    }
  }

  #isDrawing(): boolean {
    return this.#state === "running" || this.#state === "stopping";
  }

  #draw(): void {
    if (this.#isDrawing()) {
      this.#area.draw(liveFrame(this.#rows(), this.#view()));
    }
  }

  #view(): FrameView {
    return {
      style: this.#style,
      columns: this.#terminal.columns(),
      lines: this.#terminal.rows(),
      spinner: this.#spinner.fetch(),
      stopping: this.#state === "stopping",
    };
  }

  #rows(): readonly Row[] {
    const now = performance.now() - this.#origin;
    const others = this.#record.own().filter((task) => !this.#shown.has(task.row.id));
    return [...[...this.#shown].map((id) => this.#record.task(id)), ...others].map((task) => rowOf(task, now));
  }
}
