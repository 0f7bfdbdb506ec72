import type { Edit } from "./rule.ts";

export const byte = { tab: 9, newline: 10, return: 13, space: 32, backslash: 92 } as const;

export function isBlank(value: number | undefined): boolean {
  return value === byte.space || value === byte.tab;
}

/** A view for `Buffer`'s searches, which are far faster than a loop; nothing is copied. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Counted from 1, of the line that holds the byte at `offset`. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(byte.newline); at !== -1 && at < offset; at = bytes.indexOf(byte.newline, at + 1)) {
    line += 1;
  }
  return line;
}

/** Counted from 1, in Unicode code points from the start of the line: continuation bytes of UTF-8 do not count. */
export function columnAt(bytes: Uint8Array, lineStart: number, offset: number): number {
  let column = 1;
  for (let at = lineStart; at < offset; at += 1) {
    if (((bytes[at] ?? 0) & 0xc0) !== 0x80) {
      column += 1;
    }
  }
  return column;
}

/** The edits must be in order and apart. */
export function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  if (edits.length === 0) {
    return bytes;
  }
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { start, end, text } of edits) {
    parts.push(bytes.subarray(from, start));
    if (text !== "") {
      parts.push(Buffer.from(text));
    }
    from = end;
  }
  parts.push(bytes.subarray(from));
  return new Uint8Array(Buffer.concat(parts));
}

/** How long the UTF-8 byte-order marks are with which the bytes begin; 0 where there is none. */
export function markLength(bytes: Uint8Array): number {
  let end = 0;
  while (bytes[end] === 0xef && bytes[end + 1] === 0xbb && bytes[end + 2] === 0xbf) {
    end += 3;
  }
  return end;
}

/** Counts line ends; a return byte elsewhere than before a newline is not one. */
export function countLineEnds(bytes: Uint8Array): { readonly lf: number; readonly crlf: number } {
  let lf = 0;
  let crlf = 0;
  for (let at = bytes.indexOf(byte.newline); at !== -1; at = bytes.indexOf(byte.newline, at + 1)) {
    if (bytes[at - 1] === byte.return) {
      crlf += 1;
    } else {
      lf += 1;
    }
  }
  return { lf, crlf };
}
