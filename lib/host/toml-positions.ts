import { TextCursor } from "./text-cursor.ts";

/** Where a key and its value begin, as offsets into the text; a table's value begins where its key does. */
export interface TomlSpot {
  readonly key: number;
  readonly value: number;
}

/** What `locateToml` found. */
export interface TomlPositions {
  /** By path: names of keys and, in lists, indexes. A table that several headers name is where the first one is. */
  at(path: readonly (string | number)[]): TomlSpot | undefined;
  /** Keys and tables that are set a second time. */
  readonly repeated: readonly {
    readonly path: readonly (string | number)[];
    readonly first: number;
    readonly again: number;
  }[];
  /** Where the innermost string, list or inline table begins that is still open where the text ends. */
  readonly open: number | undefined;
  /** Where the last key or header begins; the start of the last line where that one is complete on a line before. */
  readonly statement: number;
}

/** What stands between the quotes of a string, by its opening. */
const bodies = {
  '"': /(?:\\.|[^"\\\r\n])*/y,
  "'": /[^'\r\n]*/y,
  '"""': /(?:\\[\s\S]|[^"\\]|"(?!""))*/y,
  "'''": /(?:[^']|'(?!''))*/y,
};

type Path = readonly (string | number)[];

/** Thrown where the text is not TOML: what was found so far stands. */
const stop = Symbol("not TOML");

/** Nobody nests deeper; past this, positions are given up instead of the stack. */
const maxDepth = 100;

/**
 * Finds the place of every key and value of a TOML document without a BOM. It judges nothing that a parser
 * judges: in a text that is not TOML it finds what stands before the fault.
 */
export function locateToml(text: string): TomlPositions {
  const scanner = new Scanner(text);
  scanner.run();
  return scanner;
}

class Scanner implements TomlPositions {
  readonly #cursor: TextCursor;
  readonly #spots = new Map<string, TomlSpot>();
  /** Keys with a value of their own, and tables with a header of their own: these must not come twice. */
  readonly #set = new Map<string, number>();
  /** How many elements each array of tables has so far. */
  readonly #elements = new Map<string, number>();
  readonly #open: number[] = [];
  readonly repeated: { path: Path; first: number; again: number }[] = [];
  statement = 0;
  #base: Path = [];

  constructor(text: string) {
    this.#cursor = new TextCursor(text);
  }

  get open(): number | undefined {
    return this.#open.at(-1);
  }

  at(path: Path): TomlSpot | undefined {
    return this.#spots.get(JSON.stringify(path));
  }

  run(): void {
    try {
      let end = 0;
      for (this.#cursor.skipBlank(); !this.#cursor.isAtEnd(); this.#cursor.skipBlank()) {
        this.statement = this.#cursor.at;
        if (this.#cursor.peek() === "[") {
          this.#header();
        } else {
          this.#keyAndValue(this.#base, 0);
        }
        end = this.#cursor.at;
      }
      const lastLine = this.#cursor.text.lastIndexOf("\n") + 1;
      if (lastLine > end) {
        this.statement = lastLine;
      }
    } catch (thrown) {
      if (thrown !== stop) {
        throw thrown;
      }
    }
  }

  #header(): void {
    const start = this.#cursor.at;
    const isArray = this.#cursor.startsWith("[[");
    this.#cursor.at += isArray ? 2 : 1;
    const parts = this.#dottedKey();
    let path: Path = [];
    for (const [index, part] of parts.entries()) {
      path = [...path, part.name];
      this.#record(path, { key: part.at, value: part.at });
      const key = JSON.stringify(path);
      const isLast = index === parts.length - 1;
      if (isLast && isArray) {
        this.#elements.set(key, (this.#elements.get(key) ?? 0) + 1);
      }
      const count = this.#elements.get(key);
      if (count !== undefined) {
        path = [...path, count - 1];
      }
      if (isLast) {
        this.#record(path, { key: part.at, value: part.at });
      }
      if (isLast && !isArray) {
        this.#setOnce(path, start);
      }
    }
    this.#expect(isArray ? "]]" : "]");
    this.#base = path;
  }

  #keyAndValue(base: Path, depth: number): void {
    const parts = this.#dottedKey();
    this.#expect("=");
    this.#cursor.skipSpace();
    let path = base;
    for (const part of parts) {
      path = [...path, part.name];
      this.#record(path, { key: part.at, value: part === parts.at(-1) ? this.#cursor.at : part.at });
    }
    this.#setOnce(path, parts[0]?.at ?? this.#cursor.at);
    this.#value(path, depth);
  }

  #value(path: Path, depth: number): void {
    if (depth > maxDepth) {
      throw stop;
    }
    const char = this.#cursor.peek();
    if (char === "[") {
      this.#list(path, depth);
    } else if (char === "{") {
      this.#inlineTable(path, depth);
    } else if (char === '"' || char === "'") {
      this.#string();
    } else if (this.#cursor.skip(/[^,\]}#\r\n]+/y) === "") {
      throw stop;
    }
  }

  #list(path: Path, depth: number): void {
    this.#enter(1);
    for (let index = 0; this.#next() !== "]"; index += 1) {
      const own = [...path, index];
      this.#record(own, { key: this.#cursor.at, value: this.#cursor.at });
      this.#value(own, depth + 1);
      if (this.#next() === ",") {
        this.#cursor.at += 1;
      } else if (this.#cursor.peek() !== "]") {
        throw stop;
      }
    }
    this.#leave(1);
  }

  #inlineTable(path: Path, depth: number): void {
    this.#enter(1);
    while (this.#next() !== "}") {
      this.#keyAndValue(path, depth + 1);
      if (this.#next() === ",") {
        this.#cursor.at += 1;
      } else if (this.#cursor.peek() !== "}") {
        throw stop;
      }
    }
    this.#leave(1);
  }

  #string(): void {
    const quote = this.#cursor.peek();
    const mark = this.#cursor.startsWith(quote.repeat(3)) ? quote.repeat(3) : quote;
    this.#enter(mark.length);
    this.#cursor.skip(bodies[mark as keyof typeof bodies]);
    if (!this.#cursor.startsWith(mark)) {
      throw stop;
    }
    this.#leave(mark.length);
    // A long string may end in one or two quotes of its own before the three that close it.
    if (mark.length === 3) {
      this.#cursor.skip(quote === '"' ? /"{0,2}/y : /'{0,2}/y);
    }
  }

  #dottedKey(): readonly { readonly name: string; readonly at: number }[] {
    const parts: { name: string; at: number }[] = [];
    do {
      if (parts.length > 0) {
        this.#cursor.at += 1;
      }
      this.#cursor.skipSpace();
      const at = this.#cursor.at;
      const raw = this.#cursor.skip(/[A-Za-z0-9_-]+|"(?:\\.|[^"\\\r\n])*"|'[^'\r\n]*'/y);
      if (raw === "") {
        throw stop;
      }
      parts.push({ name: nameOf(raw), at });
      this.#cursor.skipSpace();
    } while (this.#cursor.peek() === ".");
    return parts;
  }

  #record(path: Path, spot: TomlSpot): void {
    const key = JSON.stringify(path);
    if (!this.#spots.has(key)) {
      this.#spots.set(key, spot);
    }
  }

  #setOnce(path: Path, at: number): void {
    const key = JSON.stringify(path);
    const first = this.#set.get(key);
    if (first === undefined) {
      this.#set.set(key, at);
    } else {
      this.repeated.push({ path, first, again: at });
    }
  }

  #enter(length: number): void {
    this.#open.push(this.#cursor.at);
    this.#cursor.at += length;
  }

  #leave(length: number): void {
    this.#cursor.at += length;
    this.#open.pop();
  }

  /** The next character that is neither blank nor in a comment; the text must have one. */
  #next(): string {
    this.#cursor.skipBlank();
    if (this.#cursor.isAtEnd()) {
      throw stop;
    }
    return this.#cursor.peek();
  }

  #expect(token: string): void {
    if (!this.#cursor.startsWith(token)) {
      throw stop;
    }
    this.#cursor.at += token.length;
  }
}

function nameOf(raw: string): string {
  if (raw.startsWith("'")) {
    return raw.slice(1, -1);
  }
  if (!raw.startsWith('"')) {
    return raw;
  }
  if (!raw.includes("\\")) {
    return raw.slice(1, -1);
  }
  try {
    return String((Bun.TOML.parse(`name = ${raw}`) as { name: unknown }).name);
  } catch {
    throw stop;
  }
}
