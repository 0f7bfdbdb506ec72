import type { Terminal } from "../core/event.ts";
import { liveFrame } from "./frame.ts";
import { LiveArea } from "./live-area.ts";
import type { RunRecord } from "./record.ts";
import { rowOf } from "./row.ts";
import type { FrameView } from "./row-line.ts";
import type { Style } from "./style.ts";
import { elapsedWords } from "./words.ts";

/** Between two frames, in milliseconds. */
const pace = 100;
/** Between two lines in a log, in milliseconds. */
const slowPace = 30_000;
const spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

/** What stands on the screen while the jobs of a hook run: rows on a terminal, a line now and then in a log. */
export class HookProgress {
  readonly #terminal: Terminal;
  readonly #record: RunRecord;
  readonly #style: Style;
  readonly #hook: string;
  readonly #area: LiveArea;
  readonly #began: number;
  readonly #timer: ReturnType<typeof setInterval>;
  #frames = 0;

  constructor(terminal: Terminal, record: RunRecord, style: Style, hook: string) {
    this.#terminal = terminal;
    this.#record = record;
    this.#style = style;
    this.#hook = hook;
    this.#area = new LiveArea(terminal);
    // The record knows only when it last heard of something.
    const first = Math.min(...record.own().map(({ startedAt }) => startedAt ?? Number.POSITIVE_INFINITY));
    this.#began = performance.now() - Math.max(record.at, Number.isFinite(first) ? first : 0);
    this.#timer = setInterval(() => this.#tick(), terminal.live ? pace : slowPace);
    this.#timer.unref();
    this.#tick();
  }

  stop(): void {
    clearInterval(this.#timer);
    if (this.#terminal.live) {
      this.#area.clear();
    }
  }

  /** Text that stays. */
  above(text: string): void {
    if (this.#terminal.live) {
      this.#area.above(text);
    } else {
      this.#terminal.err(text);
    }
  }

  #tick(): void {
    const now = performance.now() - this.#began;
    const tasks = this.#record.own();
    if (this.#terminal.live) {
      const rows = tasks.map((task) => rowOf(task, now));
      this.#area.draw(liveFrame(rows, this.#view()));
      return;
    }
    const running = tasks.filter(({ outcome, startedAt }) => outcome === undefined && startedAt !== undefined);
    const names = running.map(({ row, startedAt = now }) => `${row.id} (${elapsedWords(now - startedAt)})`);
    if (names.length > 0) {
      this.#terminal.err(`${this.#hook}: still running: ${names.join(", ")}\n`);
    }
  }

  #view(): FrameView {
    this.#frames += 1;
    return {
      style: this.#style,
      columns: this.#terminal.columns() || 80,
      lines: this.#terminal.rows() || 24,
      spinner: spinner[this.#frames % spinner.length] ?? "",
      stopping: false,
    };
  }
}
