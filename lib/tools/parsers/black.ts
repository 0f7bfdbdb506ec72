import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { matchLines } from "./lines.ts";

const unparsed = /^error: cannot format ([\s\S]+?): Cannot parse(?: for target version [^:]+)?: (\d+):(\d+): (.*)$/;
const failed = /^error: cannot format ([\s\S]+?): (.*)$/;

/** Reads what black says on stderr of files that it left as they are: lines count from 1, columns from 0. */
export function parseBlack({ stderr }: ToolOutput): readonly ToolFinding[] {
  return matchLines(stderr, [unparsed, failed], "black").map((match) => {
    if (match.length === 3) {
      const [, path = "", message = ""] = match;
      return { path, rule: "unreadable", severity: "error", line: 1, column: 1, message };
    }
    const [, path = "", line = "", column = "", text = ""] = match;
    const message = `cannot parse: ${text.trim()}`;
    return { path, rule: "syntax", severity: "error", line: Number(line), column: Number(column) + 1, message };
  });
}
