import { byte } from "./bytes.ts";

const backtick = 0x60;
const tilde = 0x7e;
const decoder = new TextDecoder("latin1");

/**
 * Tells, line by line, which lines of a Markdown file are inside a fenced code block (CommonMark 4.5). A fence may be
 * indented in a list or stand behind `>`; four spaces outside of a list make an indented code block, so no fence.
 */
export class FenceTracker {
  #open: { readonly mark: number; readonly length: number } | undefined;
  #inList = false;

  /** Takes the lines in order, without their line ends; true for one that is code. The fences themselves are not. */
  next(bytes: Uint8Array, start: number, end: number): boolean {
    const { at, indent } = this.#contentStart(bytes, start, end);
    const mark = bytes[at];
    if (mark !== backtick && mark !== tilde) {
      return this.#open !== undefined;
    }
    let length = 0;
    while (at + length < end && bytes[at + length] === mark) {
      length += 1;
    }
    const info = bytes.subarray(at + length, end);
    if (this.#open !== undefined) {
      const closes =
        mark === this.#open.mark &&
        length >= this.#open.length &&
        info.every((value) => value === byte.space || value === byte.tab);
      if (closes) {
        this.#open = undefined;
      }
      return !closes;
    }
    const opens = length >= 3 && (indent < 4 || this.#inList) && !(mark === backtick && info.includes(backtick));
    if (opens) {
      this.#open = { mark, length };
    }
    return false;
  }

  /** Where a line's own text begins, behind indentation, quote and list marks. */
  #contentStart(bytes: Uint8Array, start: number, end: number): { readonly at: number; readonly indent: number } {
    let at = start;
    while (at < end && (bytes[at] === byte.space || bytes[at] === byte.tab || bytes[at] === 0x3e)) {
      at += 1;
    }
    const indent = at - start;
    if (this.#open !== undefined || at === end) {
      return { at, indent };
    }
    const marker = /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)/.exec(
      decoder.decode(bytes.subarray(at, Math.min(end, at + 40)))
    );
    if (marker !== null) {
      this.#inList = true;
    } else if (indent === 0) {
      this.#inList = false;
    }
    return { at: at + (marker?.[0].length ?? 0), indent };
  }
}
