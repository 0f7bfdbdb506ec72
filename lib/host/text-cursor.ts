/** A place in a text that moves forward as TOML is read. */
export class TextCursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The character here; empty at the end. */
  peek(): string {
    return this.text[this.at] ?? "";
  }

  startsWith(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  /** Moves past what a sticky pattern matches here, and returns it. */
  skip(pattern: RegExp): string {
    const here = pattern;
    here.lastIndex = this.at;
    const matched = here.exec(this.text)?.[0] ?? "";
    this.at += matched.length;
    return matched;
  }

  skipSpace(): void {
    this.skip(/[ \t]*/y);
  }

  /** Moves past spaces, line ends and comments. */
  skipBlank(): void {
    this.skip(/(?:[ \t\r\n]+|#[^\n]*)*/y);
  }
}
