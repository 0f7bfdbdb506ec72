import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { listOf, numberOf, parseJson, recordOf, textOf } from "./json.ts";

const severities: Readonly<Record<string, Severity>> = { error: "error", warning: "warning", info: "info" };

/** Reads `--output-format json`: columns count code points from 1. */
export function parseRumdl({ stdout, stderr }: ToolOutput): readonly ToolFinding[] {
  const unreadable = unreadableFiles(stderr);
  if (unreadable.length === 0 && /^error\b/im.test(stderr)) {
    throw new Error(`rumdl: ${stderr.trim()}`);
  }
  const found = listOf(parseJson(stdout, "rumdl"), "rumdl's output").map((value): ToolFinding => {
    const warning = recordOf(value, "a warning");
    const rule = textOf(warning.rule, "rule");
    const severity = severities[textOf(warning.severity, "severity").toLowerCase()];
    if (severity === undefined) {
      throw new Error(`rumdl has no severity ${String(warning.severity)}`);
    }
    return {
      path: textOf(warning.file, "file"),
      rule,
      severity,
      line: numberOf(warning.line, "line"),
      column: numberOf(warning.column, "column"),
      message: textOf(warning.message, "message"),
      url: `https://rumdl.dev/${rule.toLowerCase()}/`,
    };
  });
  return [...found, ...unreadable];
}

/** `Error reading file /x/a.md: Failed to read file /x/a.md: stream did not contain valid UTF-8`, on stderr. */
function unreadableFiles(stderr: string): readonly ToolFinding[] {
  return [...stderr.matchAll(/^Error reading file (.+): Failed to read file \1: (.+)$/gm)].map(
    ([, path = "", why = ""]) => ({
      path,
      rule: "unreadable",
      severity: "error",
      line: 1,
      column: 1,
      message: `cannot be read: ${why}`,
    })
  );
}
