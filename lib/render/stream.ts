import type { TaskId } from "../core/task-id.ts";
import { openEnd, printable } from "./printable.ts";
import type { Style } from "./style.ts";

/** How long the start of a line waits for its end before it is shown without: a prompt never ends its line. */
export const partialDelay = 100;

export interface StreamView {
  readonly style: Style;
  write(text: string): void;
  /** On a terminal a `\r` goes back to the start of the line, so the name must be drawn again. */
  readonly live: boolean;
  /** Whether a line without an end is shown at all. */
  readonly partials: boolean;
}

interface Line {
  pending: string;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Output of tasks that run at once, live: every line with the name of its task, no two tasks on one line. */
export class LineStream {
  readonly #view: StreamView;
  readonly #lines = new Map<TaskId, Line>();
  /** The task whose line stands on the screen without an end. */
  #open: TaskId | undefined;

  constructor(view: StreamView) {
    this.#view = view;
  }

  write(id: TaskId, text: string): void {
    const line = this.#line(id);
    const whole = `${line.pending}${text}`.split("\n");
    line.pending = whole.pop() ?? "";
    for (const part of whole) {
      this.#emit(id, part.replace(/\r$/, ""), "\n");
    }
    if (whole.length > 0) {
      this.#calm(line);
    }
    if (line.pending !== "" && this.#view.partials) {
      line.timer ??= setTimeout(() => this.#showPartial(id), partialDelay);
    }
  }

  /** Shows what is left of a task. */
  end(id: TaskId): void {
    const line = this.#line(id);
    this.#calm(line);
    if (line.pending !== "") {
      this.#emit(id, line.pending, "\n");
    } else if (this.#open === id) {
      this.close();
    }
    this.#lines.delete(id);
  }

  endAll(): void {
    for (const id of [...this.#lines.keys()]) {
      this.end(id);
    }
    this.close();
  }

  /** Ends the line that stands open: somebody else wants to write. */
  close(): void {
    if (this.#open !== undefined) {
      this.#view.write("\n");
    }
    this.#open = undefined;
  }

  #line(id: TaskId): Line {
    const known = this.#lines.get(id);
    if (known !== undefined) {
      return known;
    }
    const line: Line = { pending: "", timer: undefined };
    this.#lines.set(id, line);
    return line;
  }

  #calm(state: Line): void {
    clearTimeout(state.timer);
    state.timer = undefined;
  }

  #showPartial(id: TaskId): void {
    const line = this.#line(id);
    this.#calm(line);
    const held = openEnd.exec(line.pending)?.[0] ?? "";
    const text = line.pending.slice(0, line.pending.length - held.length);
    line.pending = held;
    if (text !== "") {
      this.#emit(id, text, "");
    }
  }

  #emit(id: TaskId, text: string, end: "\n" | ""): void {
    const { style, live, write } = this.#view;
    if (this.#open !== id) {
      this.close();
    }
    const prefix = `${style.note(id)}${style.dim(" |")} `;
    const shown = printable(text, style.colour);
    const body = live ? shown.replaceAll("\r", `\r${prefix}`) : shown;
    write(`${this.#open === id ? "" : prefix}${body}${end}`);
    this.#open = end === "" ? id : undefined;
  }
}
