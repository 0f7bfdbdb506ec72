import type { FileEntry } from "../classify.ts";
import { byte, columnAt, isBlank, markLength } from "./bytes.ts";
import { keepsTrailingBlanks } from "./exempt.ts";
import { FenceTracker } from "./markdown-fence.ts";
import type { Spot } from "./rule.ts";

/**
 * Spaces and tabs at the end of a line. In Markdown two or more spaces behind text are a line break: two are kept, more
 * are cut down to two, and code in fences is left alone. Behind a backslash a space may be what it escapes: said, not mended.
 */
export function trailingWhitespace(entry: FileEntry, bytes: Uint8Array): readonly Spot[] {
  if (keepsTrailingBlanks(entry)) {
    return [];
  }
  const fence = entry.kind === "markdown" ? new FenceTracker() : undefined;
  const spots: Spot[] = [];
  for (let start = markLength(bytes), line = 1; start < bytes.length; line += 1) {
    const newline = bytes.indexOf(byte.newline, start);
    const next = newline === -1 ? bytes.length : newline;
    const end = newline !== -1 && next > start && bytes[next - 1] === byte.return ? next - 1 : next;
    const isCode = fence?.next(bytes, start, end) === true;
    if (!isCode && end > start && isBlank(bytes[end - 1])) {
      const spot = spotIn(bytes, start, end, line, fence !== undefined);
      if (spot !== undefined) {
        spots.push(spot);
      }
    }
    start = next + 1;
  }
  return spots;
}

function spotIn(bytes: Uint8Array, start: number, end: number, line: number, isMarkdown: boolean): Spot | undefined {
  let from = end;
  // A return among the blanks would become half of a line end.
  while (from > start && (isBlank(bytes[from - 1]) || bytes[from - 1] === byte.return)) {
    from -= 1;
  }
  const isBreak =
    isMarkdown && from > start && bytes[end - 1] === byte.space && bytes[end - 2] === byte.space && end - from >= 2;
  if (isBreak && end - from === 2) {
    return undefined;
  }
  const message = isBreak
    ? "more than two spaces at the end of the line: two make a line break"
    : "whitespace at the end of the line";
  const isEscaped = from > start && bytes[from - 1] === byte.backslash;
  const edits = isEscaped ? [] : [{ start: from, end, text: isBreak ? "  " : "" }];
  return { line, column: columnAt(bytes, start, from), message, severity: isEscaped ? "warning" : "error", edits };
}
