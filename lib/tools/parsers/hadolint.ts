import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { listOf, numberOf, parseJson, recordOf, textOf } from "./json.ts";

const severities: Readonly<Record<string, Severity>> = {
  error: "error",
  warning: "warning",
  info: "info",
  style: "info",
};

/** Reads `--format json`. A rule's column is always 1; that of a syntax error (DL1000) counts code points. */
export function parseHadolint({ stdout }: ToolOutput): readonly ToolFinding[] {
  return listOf(parseJson(stdout, "hadolint"), "hadolint's output").map((value) => {
    const failure = recordOf(value, "a failure");
    const code = textOf(failure.code, "code");
    const severity = severities[textOf(failure.level, "level")];
    if (severity === undefined) {
      throw new Error(`hadolint has no level ${String(failure.level)}`);
    }
    return {
      path: textOf(failure.file, "file"),
      rule: code === "DL1000" ? "syntax" : code,
      severity,
      line: Math.max(1, numberOf(failure.line, "line")),
      column: Math.max(1, numberOf(failure.column, "column")),
      message: textOf(failure.message, "message")
        .trim()
        .replaceAll(/\s*\n\s*/g, " "),
      url: code.startsWith("SC")
        ? `https://www.shellcheck.net/wiki/${code}`
        : `https://github.com/hadolint/hadolint/wiki/${code}`,
    };
  });
}
