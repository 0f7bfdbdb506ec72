/** What a key asks for. */
export type Key =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind:
        | "accept"
        | "cancel"
        | "up"
        | "down"
        | "page-up"
        | "page-down"
        | "first"
        | "last"
        | "left"
        | "right"
        | "line-start"
        | "line-end"
        | "delete-back"
        | "delete"
        | "delete-word"
        | "delete-line";
    };

type Named = Exclude<Key["kind"], "text">;

/** Control characters, by their code. */
const controls: Readonly<Record<number, Named>> = {
  1: "line-start",
  2: "left",
  3: "cancel",
  4: "cancel",
  5: "line-end",
  6: "right",
  7: "cancel",
  8: "delete-back",
  10: "accept",
  11: "up",
  13: "accept",
  14: "down",
  16: "up",
  21: "delete-line",
  23: "delete-word",
  127: "delete-back",
};

/** What follows ESC, in the ways that terminals send it (xterm's control sequences, PC-style keys). */
const sequences: Readonly<Record<string, Named>> = {
  "[A": "up",
  OA: "up",
  "[B": "down",
  OB: "down",
  "[C": "right",
  OC: "right",
  "[D": "left",
  OD: "left",
  "[H": "first",
  OH: "first",
  "[1~": "first",
  "[7~": "first",
  "[F": "last",
  OF: "last",
  "[4~": "last",
  "[8~": "last",
  "[5~": "page-up",
  "[6~": "page-down",
  "[3~": "delete",
  "\u007f": "delete-word",
};

const pasteBegin = "[200~";
const pasteEnd = "\u001b[201~";

/** Makes keys of what a terminal sends, in whatever pieces it comes. */
export class KeyReader {
  #left = "";
  #pasting = false;

  /** The keys that are complete. What may be the beginning of one is kept. */
  read(text: string): readonly Key[] {
    this.#left += text;
    const keys: Key[] = [];
    for (let key = this.#next(); key !== undefined; key = this.#next()) {
      if (key !== "nothing") {
        keys.push(key);
      }
    }
    return keys;
  }

  /** True while an ESC waits for what may follow it: if nothing does, it was the key itself. */
  get isWaiting(): boolean {
    return this.#left !== "" && !this.#pasting;
  }

  /** Nothing followed. */
  giveUp(): readonly Key[] {
    const isEscape = this.#left === "\u001b";
    this.#left = "";
    return isEscape ? [{ kind: "cancel" }] : [];
  }

  #next(): Key | "nothing" | undefined {
    if (this.#left === "") {
      return undefined;
    }
    if (this.#pasting) {
      return this.#paste();
    }
    return this.#left.startsWith("\u001b") ? this.#escape() : this.#plain();
  }

  #paste(): Key | undefined {
    const end = this.#left.indexOf(pasteEnd);
    if (end < 0) {
      return undefined;
    }
    const text = this.#left.slice(0, end);
    this.#left = this.#left.slice(end + pasteEnd.length);
    this.#pasting = false;
    return { kind: "text", text: oneLine(text) };
  }

  #escape(): Key | "nothing" | undefined {
    const rest = this.#left.slice(1);
    // A second ESC is a key of its own: the first one was the key.
    if (rest.startsWith("\u001b")) {
      this.#left = rest;
      return { kind: "cancel" };
    }
    const sequence = /^(?:\[[0-9;?<]*[ -/]*[@-~]|O[ -~]|[^[O])/su.exec(rest)?.[0];
    if (sequence === undefined) {
      return undefined;
    }
    this.#left = rest.slice(sequence.length);
    if (sequence === pasteBegin) {
      this.#pasting = true;
      return "nothing";
    }
    // `ESC [ 1 ; 5 A` is a key with a modifier: the key is what counts.
    const kind = sequences[sequence.replace(/^\[1;\d+([A-Z])$/, "[$1")];
    return kind === undefined ? "nothing" : { kind };
  }

  #plain(): Key | "nothing" {
    const [first = ""] = this.#left;
    const kind = controls[first.codePointAt(0) ?? 0];
    if (kind !== undefined) {
      this.#left = this.#left.slice(first.length);
      return { kind };
    }
    const text = /^\P{Cc}+/u.exec(this.#left)?.[0] ?? first;
    this.#left = this.#left.slice(text.length);
    return text < " " ? "nothing" : { kind: "text", text };
  }
}

/** Lines of a paste become words: nothing of it is a key. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}
