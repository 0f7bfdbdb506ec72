/** A place in a text: lines and columns count from 1, columns in code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Puts `text` in place of what stands from `start` up to `end`. */
export interface Edit {
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

/** Finds offsets (in UTF-16 units, as JavaScript counts) of places in one text. */
export class TextIndex {
  readonly text: string;
  readonly #lines: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.#lines = lineStarts(text);
  }

  offset({ line, column }: Position): number {
    let offset = this.#lines[line - 1] ?? this.text.length;
    for (let left = column - 1; left > 0 && offset < this.text.length; left -= 1) {
      offset += (this.text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
    }
    return offset;
  }

  slice(start: Position, end: Position): string {
    return this.text.slice(this.offset(start), this.offset(end));
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const ending of text.matchAll(/\r\n|\n|\r/g)) {
    starts.push(ending.index + ending[0].length);
  }
  return starts;
}

/**
 * The text with as many of the fixes as do not touch each other, the first in the text winning; a fix is applied with
 * all its edits or not at all.
 */
export function applyFixes(index: TextIndex, fixes: readonly (readonly Edit[])[]): string {
  const placed = fixes
    .map((edits) =>
      edits
        .map(({ start, end, text }) => ({ from: index.offset(start), to: index.offset(end), text }))
        .toSorted((a, b) => a.from - b.from)
    )
    .filter((edits) => edits.length > 0)
    .toSorted((a, b) => (a[0]?.from ?? 0) - (b[0]?.from ?? 0));
  let out = "";
  let done = -1;
  for (const edits of placed) {
    if (edits.some(({ from }, at) => from <= done || (at > 0 && from < (edits[at - 1]?.to ?? 0)))) {
      continue;
    }
    for (const { from, to, text } of edits) {
      out += index.text.slice(Math.max(0, done), from) + text;
      done = to;
    }
  }
  return out + index.text.slice(Math.max(0, done));
}
