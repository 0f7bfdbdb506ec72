import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { listOf, numberOf, parseJson, recordOf, textOf } from "./json.ts";

const severities: Readonly<Record<string, Severity>> = { error: "error", warning: "warning", info: "info" };

/** Reads `--output-format json`: columns count code points from 1. */
export function parseRumdl({ stdout, stderr }: ToolOutput): readonly ToolFinding[] {
  // It skips a file that it cannot read, and says so only on stderr.
  if (/^(?:Error|error)\b/m.test(stderr)) throw new Error(`rumdl: ${stderr.trim()}`);
  return listOf(parseJson(stdout, "rumdl"), "rumdl's output").map((value) => {
    const warning = recordOf(value, "a warning");
    const rule = textOf(warning["rule"], "rule");
    const severity = severities[textOf(warning["severity"], "severity").toLowerCase()];
    if (severity === undefined) throw new Error(`rumdl has no severity ${String(warning["severity"])}`);
    return {
      path: textOf(warning["file"], "file"),
      rule,
      severity,
      line: numberOf(warning["line"], "line"),
      column: numberOf(warning["column"], "column"),
      message: textOf(warning["message"], "message"),
      url: `https://rumdl.dev/${rule.toLowerCase()}/`,
    };
  });
}
