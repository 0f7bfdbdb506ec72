import type { FileEntry } from "../classify.ts";
import { markLength } from "./bytes.ts";
import { mayHaveMark } from "./exempt.ts";
import type { Spot } from "./rule.ts";

/** UTF-8 needs no byte-order mark, and a shell, a `#!` line or a JSON parser takes it for content. */
export function byteOrderMark(entry: FileEntry, bytes: Uint8Array): readonly Spot[] {
  const end = markLength(bytes);
  if (end === 0 || mayHaveMark(entry)) {
    return [];
  }
  return [
    {
      line: 1,
      column: 1,
      message: "begins with a byte-order mark",
      severity: "error",
      edits: [{ start: 0, end, text: "" }],
    },
  ];
}
