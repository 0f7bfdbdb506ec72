/**
 * Takes objects out of text as it arrives. buildx prints one a line since 0.14, and over several lines before; words between
 * them, such as a warning or the last error, are not JSON.
 */
export class JsonStream {
  #rest = "";
  readonly #onObject: (value: unknown) => void;
  readonly #onText: (text: string) => void;

  constructor(onObject: (value: unknown) => void, onText: (text: string) => void) {
    this.#onObject = onObject;
    this.#onText = onText;
  }

  write(text: string): void {
    this.#rest += text;
    for (let line = this.#takeBlock(); line !== undefined; line = this.#takeBlock()) {
      this.#tell(line);
    }
  }

  /** What stands there when nothing more comes. */
  end(): void {
    if (this.#rest !== "") {
      this.#tell(this.#rest);
    }
    this.#rest = "";
  }

  /** A line, or all lines from one that is `{` alone to the one that is `}` alone. */
  #takeBlock(): string | undefined {
    const first = this.#rest.indexOf("\n");
    if (first < 0) {
      return undefined;
    }
    const isOpen = this.#rest.slice(0, first).trimEnd() === "{";
    const close = isOpen ? this.#rest.search(/\n\}\r?\n/) : -1;
    if (isOpen && close < 0) {
      return undefined;
    }
    const end = isOpen ? this.#rest.indexOf("\n", close + 1) : first;
    const block = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return block;
  }

  #tell(block: string): void {
    if (!block.startsWith("{")) {
      this.#onText(block.trimEnd());
      return;
    }
    let value: unknown;
    try {
      value = JSON.parse(block);
    } catch {
      this.#onText(block.trimEnd());
      return;
    }
    this.#onObject(value);
  }
}
