import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { type JsonRecord, listOf, numberIn, parseJsonStream, recordOf, textOf } from "./json.ts";

/** Reads `--output-format json`, an object a line for each file with findings; columns count UTF-8 bytes from 1. */
export function parseDeadnix({ stdout, stderr }: ToolOutput): readonly ToolFinding[] {
  if (stderr.trim() !== "") {
    throw new Error(`deadnix: ${stderr.trim()}`);
  }
  return parseJsonStream(stdout, "deadnix").flatMap((value) => {
    const file = recordOf(value, "a file");
    const path = textOf(file.file, "file");
    return listOf(file.results, "results").map((result) => resultOf(recordOf(result, "a result"), path));
  });
}

function resultOf(result: JsonRecord, path: string): ToolFinding {
  const message = textOf(result.message, "message");
  const line = numberIn(result, "line");
  const endColumn = numberIn(result, "endColumn");
  // What it could not read or parse has no place, and does not make it fail.
  if (line === undefined) {
    return { path, rule: "syntax", severity: "error", line: 1, column: 1, message };
  }
  return {
    path,
    rule: "unused",
    severity: "warning",
    line,
    column: numberIn(result, "column") ?? 1,
    ...(endColumn === undefined ? {} : { endLine: line, endColumn }),
    message,
    ...(message.startsWith("Unused lambda pattern") ? {} : { fix: { safe: true } }),
  };
}
