import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { statixLints } from "../tables/statix-lints.ts";
import { type JsonRecord, listOf, numberOf, parseJsonStream, recordOf, textOf } from "./json.ts";

const severities: Readonly<Record<string, Severity>> = { Error: "error", Warn: "warning", Hint: "info" };

/** Reads `check --format json`, an object for each file with findings; columns count UTF-8 bytes from 1. */
export function parseStatix({ stdout, stderr }: ToolOutput): readonly ToolFinding[] {
  // Whatever keeps it from its work is told on stderr, with an exit code of 0.
  if (stderr.trim() !== "") {
    throw new Error(`statix: ${stderr.trim()}`);
  }
  const unreadable = /^`([\s\S]+)` contains non-utf8 content\n?$/.exec(stdout)?.[1];
  if (unreadable !== undefined) {
    return [{ path: unreadable, rule: "encoding", severity: "error", line: 1, column: 1, message: "not UTF-8" }];
  }
  return parseJsonStream(stdout, "statix").flatMap((value) => {
    const file = recordOf(value, "a file");
    const path = textOf(file.file, "file");
    return listOf(file.report, "report").flatMap((report) => reportFindings(recordOf(report, "a report"), path));
  });
}

function reportFindings(report: JsonRecord, path: string): readonly ToolFinding[] {
  const code = numberOf(report.code, "code");
  const severity = severities[textOf(report.severity, "severity")];
  if (severity === undefined) {
    throw new Error(`statix has no severity ${String(report.severity)}`);
  }
  return listOf(report.diagnostics, "diagnostics").map((value) => {
    const diagnostic = recordOf(value, "a diagnostic");
    const at = recordOf(diagnostic.at, "at");
    const from = recordOf(at.from, "from");
    const to = recordOf(at.to, "to");
    return {
      path,
      rule: code === 0 ? "syntax" : (statixLints[code] ?? `W${String(code).padStart(2, "0")}`),
      severity,
      line: numberOf(from.line, "from.line"),
      column: numberOf(from.column, "from.column"),
      endLine: numberOf(to.line, "to.line"),
      endColumn: numberOf(to.column, "to.column"),
      message: textOf(diagnostic.message, "message").replaceAll(/\s*\n\s*/g, " "),
      url: "https://github.com/oppiliappan/statix#tips",
      ...(diagnostic.suggestion === null || diagnostic.suggestion === undefined ? {} : { fix: { safe: true } }),
    };
  });
}
