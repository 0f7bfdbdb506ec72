import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { listOf, numberOf, parseJson, recordOf, textOf } from "./json.ts";

const severities: Readonly<Record<string, Severity>> = {
  error: "error",
  warning: "warning",
  info: "info",
  style: "info",
};

/** Reads `json1`: columns count code points from 1, a tab as one; the end is the first column behind. */
export function parseShellcheck({ stdout, stderr }: ToolOutput): readonly ToolFinding[] {
  const { comments } = recordOf(parseJson(stdout, "shellcheck"), "shellcheck's output");
  return [...listOf(comments, "comments").map(findingOf), ...unreadableFiles(stderr)];
}

function findingOf(value: unknown): ToolFinding {
  const comment = recordOf(value, "a comment");
  const rule = `SC${numberOf(comment.code, "code")}`;
  const severity = severities[textOf(comment.level, "level")];
  if (severity === undefined) {
    throw new Error(`shellcheck has no level ${String(comment.level)}`);
  }
  return {
    path: textOf(comment.file, "file"),
    rule,
    severity,
    line: numberOf(comment.line, "line"),
    column: numberOf(comment.column, "column"),
    endLine: numberOf(comment.endLine, "endLine"),
    endColumn: numberOf(comment.endColumn, "endColumn"),
    message: textOf(comment.message, "message"),
    url: `https://www.shellcheck.net/wiki/${rule}`,
  };
}

/** `x.sh: x.sh: openBinaryFile: permission denied (Permission denied)`, on stderr. */
function unreadableFiles(stderr: string): readonly ToolFinding[] {
  return [...stderr.matchAll(/^(.+): \1: \w+: (.+)$/gm)].map(([, path = "", why = ""]) => ({
    path,
    rule: "unreadable",
    severity: "error",
    line: 1,
    column: 1,
    message: `cannot be read: ${why}`,
  }));
}
