/** Of each end of a long output, in characters. */
const half = 32_000;

/** The output of a program, of which the middle goes where it grows too long: it takes no more memory than is shown. */
export class KeptOutput {
  #head = "";
  #tail = "";
  #dropped = 0;

  add(text: string): void {
    const room = half - this.#head.length;
    this.#head += text.slice(0, room);
    this.#tail += text.slice(Math.max(0, room));
    // Cutting at each piece would copy the tail over and over.
    if (this.#tail.length > 4 * half) {
      this.#cut();
    }
  }

  /** What was kept, with a line in the place of what was not. */
  text(): string {
    if (this.#tail.length > half) {
      this.#cut();
    }
    if (this.#dropped === 0) {
      return `${this.#head}${this.#tail}`;
    }
    return `${this.#head}\n… ${sizeWords(this.#dropped)} left out …\n${this.#tail}`;
  }

  #cut(): void {
    const over = this.#tail.length - half;
    this.#dropped += over;
    this.#tail = this.#tail.slice(over);
  }
}

function sizeWords(characters: number): string {
  return characters < 1_000_000 ? `${Math.ceil(characters / 1000)} kB` : `${Math.round(characters / 1_000_000)} MB`;
}
