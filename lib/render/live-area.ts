import type { Terminal } from "../core/event.ts";

const hideCursor = "\x1b[?25l";
const showCursor = "\x1b[?25h";
/** Terminals that know it show the frame at once; others ignore it (DEC private mode 2026). */
const beginFrame = "\x1b[?2026h";
const endFrame = "\x1b[?2026l";
const toLineEnd = "\x1b[K";
const toScreenEnd = "\x1b[J";

/**
 * The lines at the bottom of a terminal that are drawn over again and again. The cursor stands below them, at the
 * start of a line: what a terminal itself writes there, such as `^C`, goes with the next frame.
 */
export class LiveArea {
  readonly #terminal: Terminal;
  /** The widths of the lines that stand there. */
  #drawn: readonly number[] = [];
  #isHidden = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Replaces the lines. Each must fit in the width, and all of them, with one to spare, in the window. */
  draw(lines: readonly string[]): void {
    // Erased before it is written, not behind: tmux then forgets that it once broke the line, and will not join it to the next.
    const body = lines.map((line) => `${toLineEnd}${line}\n`).join("");
    const hide = this.#isHidden ? "" : hideCursor;
    this.#terminal.out(`${hide}${beginFrame}${this.#toStart()}${body}${toScreenEnd}${endFrame}`);
    this.#isHidden = true;
    this.#drawn = lines.map((line) => Bun.stringWidth(line));
  }

  /** Takes the lines away and gives the cursor back. */
  clear(): void {
    const show = this.#isHidden ? showCursor : "";
    const erase = this.#erase();
    if (erase + show !== "") {
      this.#terminal.out(`${erase}${show}`);
    }
    this.#isHidden = false;
    this.#drawn = [];
  }

  /** Text that stays, above the lines; the next frame draws them again. */
  above(text: string): void {
    this.#terminal.out(`${this.#erase()}${text}${text.endsWith("\n") ? "" : "\n"}`);
    this.#drawn = [];
  }

  /** Line by line: tmux keeps in its history what is erased from the top left corner to the end of the screen. */
  #erase(): string {
    const height = this.#height();
    return height === 0 ? "" : `${this.#toStart()}${`${toLineEnd}\n`.repeat(height)}${toLineEnd}\r\x1b[${height}A`;
  }

  #toStart(): string {
    const height = this.#height();
    return height === 0 ? "" : `\r\x1b[${height}A`;
  }

  /** A window that has become narrower has broken the lines: they take more of it now than when they were drawn. */
  #height(): number {
    const columns = Math.max(1, this.#terminal.columns());
    return this.#drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
  }
}
