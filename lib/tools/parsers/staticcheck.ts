import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { goCommandFindings } from "./go-command.ts";
import { numberOf, parseJsonStream, recordOf, textOf } from "./json.ts";

const severities: Readonly<Record<string, Severity>> = { error: "error", warning: "warning", ignored: "info" };

/** Reads `-f json`, an object a line; columns count UTF-8 bytes from 1, an end of 0 is none. */
export function parseStaticcheck({ stdout, stderr }: ToolOutput): readonly ToolFinding[] {
  return [...parseJsonStream(stdout, "staticcheck").map(problemOf), ...goCommandFindings(stderr)];
}

function problemOf(value: unknown): ToolFinding {
  const problem = recordOf(value, "a problem");
  const rule = textOf(problem.code, "code");
  const severity = severities[textOf(problem.severity, "severity")];
  if (severity === undefined) {
    throw new Error(`staticcheck has no severity ${String(problem.severity)}`);
  }
  const start = recordOf(problem.location, "location");
  const end = recordOf(problem.end, "end");
  const endLine = numberOf(end.line, "end.line");
  const endColumn = numberOf(end.column, "end.column");
  return {
    path: textOf(start.file, "location.file"),
    rule,
    severity,
    line: Math.max(1, numberOf(start.line, "location.line")),
    column: Math.max(1, numberOf(start.column, "location.column")),
    ...(endLine === 0 || endColumn === 0 ? {} : { endLine, endColumn }),
    message: textOf(problem.message, "message").replaceAll(/\s*\n\s*/g, " "),
    ...(/^[A-Z]+\d+$/.test(rule) ? { url: `https://staticcheck.dev/docs/checks/#${rule}` } : {}),
  };
}
