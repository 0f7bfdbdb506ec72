import type { FileEntry } from "../classify.ts";
import { byte, columnAt, countLineEnds, isBlank, lineAt } from "./bytes.ts";
import { isVerbatim, keepsTrailingBlanks, wantsReturns } from "./exempt.ts";
import type { Spot } from "./rule.ts";

/** The last line must end in a newline, and at most one blank line may follow it. A file without any text is left alone. */
export function finalNewline(entry: FileEntry, bytes: Uint8Array): readonly Spot[] {
  if (isVerbatim(entry)) {
    return [];
  }
  const blanksCount = keepsTrailingBlanks(entry);
  let text = bytes.length - 1;
  while (text >= 0 && isFiller(bytes[text], blanksCount)) {
    text -= 1;
  }
  if (text < 0) {
    return [];
  }
  const newline = bytes.indexOf(byte.newline, text);
  if (newline === -1) {
    return [missing(entry, bytes)];
  }
  const end = newline + 1;
  if (end === bytes.length) {
    return [];
  }
  const lines = countLineEnds(bytes.subarray(end));
  const isTerminated = bytes[bytes.length - 1] === byte.newline;
  if (lines.lf + lines.crlf <= 1 && isTerminated) {
    return [];
  }
  const message = isTerminated
    ? `${lines.lf + lines.crlf} blank lines at the end of the file`
    : "whitespace behind the last newline";
  return [
    {
      line: lineAt(bytes, newline) + 1,
      column: 1,
      message,
      severity: "error",
      edits: [{ start: end, end: bytes.length, text: "" }],
    },
  ];
}

function isFiller(value: number | undefined, blanksCount: boolean): boolean {
  return value === byte.newline || value === byte.return || (!blanksCount && isBlank(value));
}

function missing(entry: FileEntry, bytes: Uint8Array): Spot {
  const at = bytes.length;
  const { lf, crlf } = countLineEnds(bytes);
  // A lone return at the end may be how a Mac of old ended lines: a newline behind it would make something else of it.
  const isOldMac = bytes[at - 1] === byte.return;
  const text = crlf > lf || (crlf + lf === 0 && wantsReturns(entry)) ? "\r\n" : "\n";
  return {
    line: lineAt(bytes, at),
    column: columnAt(bytes, bytes.lastIndexOf(byte.newline) + 1, at),
    message: "no newline at the end of the file",
    severity: "error",
    edits: isOldMac ? [] : [{ start: at, end: at, text }],
  };
}
