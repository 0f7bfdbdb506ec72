import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { listOf, numberOf, parseJson, recordOf, textOf } from "./json.ts";

/**
 * Reads `--report-path=-`. Only the rule and the place are taken over: what it matched is a secret. Columns count
 * UTF-8 bytes; on the first line from 1, on others the line feed before the line counts too (detect/location.go).
 */
export function parseGitleaks({ stdout }: ToolOutput): readonly ToolFinding[] {
  return listOf(parseJson(stdout, "gitleaks") ?? [], "gitleaks' output").map((value) => {
    const leak = recordOf(value, "a leak");
    const line = Math.max(1, numberOf(leak.StartLine, "StartLine"));
    const column = numberOf(leak.StartColumn, "StartColumn") - (line === 1 ? 0 : 1);
    const endLine = Math.max(line, numberOf(leak.EndLine, "EndLine"));
    const endColumn = numberOf(leak.EndColumn, "EndColumn") + (endLine === 1 ? 1 : 0);
    const rule = textOf(leak.RuleID, "RuleID");
    return {
      path: textOf(leak.File, "File"),
      rule,
      severity: "error",
      line,
      column: Math.max(1, column),
      endLine,
      endColumn: Math.max(1, endColumn),
      message: textOf(leak.Description, "Description") || rule,
      url: "https://github.com/gitleaks/gitleaks#configuration",
    };
  });
}
