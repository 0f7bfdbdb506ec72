import type { FileEntry } from "../classify.ts";
import { byte, countLineEnds, lineAt } from "./bytes.ts";
import { isVerbatim, wantsReturns } from "./exempt.ts";
import type { Edit, Spot } from "./rule.ts";

type Ending = "LF" | "CRLF";

/**
 * All lines must end alike: as `.gitattributes` or the system that the file is for asks, else as most of them do. A file
 * wholly in CRLF is mended only where LF is asked for: elsewhere it may be meant, so it is said and left.
 */
export function mixedLineEnding(entry: FileEntry, bytes: Uint8Array): readonly Spot[] {
  if (entry.eol === "any" || isVerbatim(entry) || !bytes.includes(byte.return)) {
    return [];
  }
  const { lf, crlf } = countLineEnds(bytes);
  if (crlf === 0) {
    return [];
  }
  const asked: Ending | undefined = entry.eol === "lf" ? "LF" : wantsReturns(entry) ? "CRLF" : undefined;
  if (lf > 0) {
    const wanted = asked ?? (crlf > lf ? "CRLF" : "LF");
    return [
      spot(
        bytes,
        `${lines(lf)} LF and ${lines(crlf)} CRLF: it should be ${wanted} throughout`,
        wanted,
        editsTo(wanted, bytes)
      ),
    ];
  }
  if (asked === "CRLF") {
    return [];
  }
  if (asked === "LF") {
    return [spot(bytes, "lines end in CRLF, where .gitattributes asks for LF", "LF", editsTo("LF", bytes))];
  }
  return [spot(bytes, "lines end in CRLF: where that is meant, say `eol=crlf` in .gitattributes", "LF", [])];
}

function lines(count: number): string {
  return count === 1 ? "1 line ends in" : `${count} lines end in`;
}

/** At the first line that does not end as it should. */
function spot(bytes: Uint8Array, message: string, wanted: Ending, edits: readonly Edit[]): Spot {
  const first = edits[0]?.start ?? bytes.indexOf(byte.return);
  return {
    line: lineAt(bytes, wanted === "LF" ? first + 1 : first),
    column: 1,
    message,
    severity: edits.length > 0 ? "error" : "warning",
    edits,
  };
}

function editsTo(wanted: Ending, bytes: Uint8Array): readonly Edit[] {
  const edits: Edit[] = [];
  for (let at = bytes.indexOf(byte.newline); at !== -1; at = bytes.indexOf(byte.newline, at + 1)) {
    let start = at;
    while (bytes[start - 1] === byte.return) {
      start -= 1;
    }
    if (wanted === "LF" && start < at) {
      edits.push({ start, end: at, text: "" });
    }
    if (wanted === "CRLF" && start === at) {
      edits.push({ start, end: at, text: "\r" });
    }
  }
  return edits;
}
