import type { FileEntry } from "../classify.ts";
import { asBuffer, byte, isBlank, lineAt, markLength } from "./bytes.ts";
import type { Spot } from "./rule.ts";

const size = 7;
const [ours, base, middle, theirs] = [0x3c, 0x7c, 0x3d, 0x3e]; // < | = >

/**
 * What a merge leaves where both sides changed the same lines: `<<<<<<<`, perhaps `|||||||`, `=======` and `>>>>>>>`,
 * each at the start of a line and in that order. One of them alone is a heading's underline or a quotation.
 */
export function conflictMarker(_entry: FileEntry, bytes: Uint8Array): readonly Spot[] {
  const buffer = asBuffer(bytes);
  const spots: Spot[] = [];
  let opened = -1;
  let isSplit = false;
  for (let at = buffer.indexOf("<<<<<<<"); at !== -1 && at < bytes.length; at = nextLine(bytes, at)) {
    switch (markerAt(bytes, at)) {
      case ours:
        opened = at;
        isSplit = false;
        break;
      case base:
        break;
      case middle:
        isSplit = opened !== -1;
        break;
      case theirs:
        if (isSplit) {
          spots.push(spotOf(bytes, opened, at));
        }
        opened = -1;
        isSplit = false;
    }
  }
  return spots;
}

function nextLine(bytes: Uint8Array, from: number): number {
  const newline = bytes.indexOf(byte.newline, from);
  return newline === -1 ? -1 : newline + 1;
}

/** The mark that a line consists of or begins with, where it is one: seven of a kind, then a blank or the line's end. */
function markerAt(bytes: Uint8Array, start: number): number | undefined {
  const mark = bytes[start];
  if (mark !== ours && mark !== base && mark !== middle && mark !== theirs) {
    return undefined;
  }
  if (bytes[start - 1] !== byte.newline && start !== markLength(bytes)) {
    return undefined;
  }
  for (let at = start + 1; at < start + size; at += 1) {
    if (bytes[at] !== mark) {
      return undefined;
    }
  }
  const behind = bytes[start + size];
  const isEnd = behind === undefined || behind === byte.newline || behind === byte.return;
  return isEnd || isBlank(behind) ? mark : undefined;
}

function spotOf(bytes: Uint8Array, from: number, to: number): Spot {
  const line = lineAt(bytes, from);
  const message = `a merge conflict is not resolved: lines ${line} to ${line + lineAt(bytes.subarray(from), to - from) - 1}`;
  return { line, column: 1, message, severity: "error", edits: [] };
}
