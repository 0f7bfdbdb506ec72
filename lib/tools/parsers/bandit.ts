import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { listOf, numberIn, numberOf, parseJson, recordOf, textOf } from "./json.ts";

const severities: Readonly<Record<string, Severity>> = {
  HIGH: "error",
  MEDIUM: "warning",
  LOW: "info",
  UNDEFINED: "info",
};

/** Reads bandit's JSON: 1.6 gives no columns; later ones count UTF-8 bytes from 0. */
export function parseBandit({ stdout }: ToolOutput): readonly ToolFinding[] {
  const report = recordOf(parseJson(stdout, "bandit"), "bandit's output");
  return [...listOf(report.errors, "errors").map(errorOf), ...listOf(report.results, "results").map(resultOf)];
}

/** A file that bandit left out: it exits with 0 all the same. */
function errorOf(value: unknown): ToolFinding {
  const error = recordOf(value, "an error");
  const message = textOf(error.reason, "reason");
  const rule = message.startsWith("syntax error") ? "syntax" : "unreadable";
  return { path: textOf(error.filename, "filename"), rule, severity: "error", line: 1, column: 1, message };
}

function resultOf(value: unknown): ToolFinding {
  const result = recordOf(value, "a result");
  const severity = severities[textOf(result.issue_severity, "issue_severity")];
  if (severity === undefined) {
    throw new Error(`bandit has no severity ${String(result.issue_severity)}`);
  }
  const line = numberOf(result.line_number, "line_number");
  const column = numberIn(result, "col_offset");
  const endColumn = numberIn(result, "end_col_offset");
  const lines = listOf(result.line_range, "line_range").map((number) => numberOf(number, "line_range"));
  return {
    path: textOf(result.filename, "filename"),
    rule: textOf(result.test_id, "test_id"),
    severity,
    line,
    // -1 where the syntax tree knows no place.
    column: Math.max(0, column ?? 0) + 1,
    ...(endColumn === undefined || endColumn < 0
      ? {}
      : { endLine: Math.max(line, ...lines), endColumn: endColumn + 1 }),
    message: textOf(result.issue_text, "issue_text"),
    url: textOf(result.more_info, "more_info"),
  };
}
