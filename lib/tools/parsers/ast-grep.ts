import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { type JsonRecord, listOf, numberOf, parseJson, recordOf, textOf } from "./json.ts";

const severities: Readonly<Record<string, Severity>> = {
  error: "error",
  warning: "warning",
  info: "info",
  hint: "info",
};

/** Reads `scan --json=compact`: lines and columns count from 0, columns in code points. */
export function parseAstGrep({ stdout, stderr }: ToolOutput): readonly ToolFinding[] {
  // A file that it cannot read it leaves out, and exits with 0 all the same.
  if (/^ERROR: /m.test(stderr)) {
    throw new Error(`ast-grep: ${stderr.trim()}`);
  }
  return listOf(parseJson(stdout, "ast-grep"), "ast-grep's output").map((value) => {
    const match = recordOf(value, "a match");
    const severity = severities[textOf(match.severity, "severity")];
    if (severity === undefined) {
      throw new Error(`ast-grep has no severity ${String(match.severity)}`);
    }
    const range = recordOf(match.range, "range");
    const start = placeOf(recordOf(range.start, "start"));
    const end = placeOf(recordOf(range.end, "end"));
    return {
      path: textOf(match.file, "file"),
      rule: textOf(match.ruleId, "ruleId"),
      severity,
      ...start,
      endLine: end.line,
      endColumn: end.column,
      message: textOf(match.message, "message"),
      ...(match.replacement === undefined || match.replacement === null ? {} : { fix: { safe: true } }),
    };
  });
}

function placeOf(position: JsonRecord): { readonly line: number; readonly column: number } {
  return { line: numberOf(position.line, "line") + 1, column: numberOf(position.column, "column") + 1 };
}
