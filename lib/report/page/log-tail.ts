/** What is kept of the log of one task, in characters; of a longer one its end is. */
export const longestLog = 512 * 1024;

/** The end of a text that comes in pieces. */
export class LogTail {
  #pieces: string[] = [];
  #length = 0;
  #dropped = 0;

  add(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > 2 * longestLog) {
      this.#shorten();
    }
  }

  /** The text, from the start of a line on, and how many characters stood before it. */
  end(): { readonly text: string; readonly dropped: number } {
    if (this.#length > longestLog) {
      this.#shorten();
    }
    return { text: this.#pieces.join(""), dropped: this.#dropped };
  }

  #shorten(): void {
    const whole = this.#pieces.join("");
    const cut = whole.length - longestLog;
    const line = whole.indexOf("\n", cut) + 1;
    // A line that is longer than all that is kept is cut inside, but not inside a character.
    const from = line > 0 && line < whole.length ? line : whole.slice(cut).search(/[^\udc00-\udfff]/) + cut;
    this.#pieces = [whole.slice(from)];
    this.#length = whole.length - from;
    this.#dropped += from;
  }
}
