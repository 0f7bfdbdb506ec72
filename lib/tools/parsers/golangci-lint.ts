import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { type JsonRecord, listOf, numberOf, parseJson, recordOf, textOf } from "./json.ts";

/** Empty where no severity is configured; golangci-lint fails on every issue. */
const severities: Readonly<Record<string, Severity>> = {
  "": "error",
  error: "error",
  high: "error",
  warning: "warning",
  info: "info",
  low: "info",
};

/** Reads `--output.json.path=stdout`; columns count UTF-8 bytes from 1, and are 0 where a whole line is meant. */
export function parseGolangciLint({ stdout, stderr, exitCode }: ToolOutput): readonly ToolFinding[] {
  // Some versions print text behind the report, which is on the first line.
  const report = recordOf(parseJson(stdout.split("\n", 1)[0] ?? "", "golangci-lint"), "golangci-lint's output");
  const failure =
    report.Report === undefined || report.Report === null ? undefined : recordOf(report.Report, "Report").Error;
  if (typeof failure === "string" && failure !== "") {
    throw new Error(`golangci-lint: ${failure}`);
  }
  const findings = listOf(report.Issues ?? [], "Issues").map(issueOf);
  if (exitCode === 7 && findings.length === 0) {
    throw new Error(`golangci-lint: ${stderr.trim()}`);
  }
  return findings;
}

function issueOf(value: unknown): ToolFinding {
  const issue = recordOf(value, "an issue");
  const linter = textOf(issue.FromLinter, "FromLinter");
  const severity = severities[textOf(issue.Severity ?? "", "Severity").toLowerCase()] ?? "error";
  const pos = recordOf(issue.Pos, "Pos");
  const { rule, message } = ruleOf(linter, textOf(issue.Text, "Text"));
  return {
    path: textOf(pos.Filename, "Pos.Filename"),
    rule,
    severity,
    line: Math.max(1, numberOf(pos.Line, "Pos.Line")),
    column: Math.max(1, numberOf(pos.Column, "Pos.Column")),
    ...endOf(issue),
    message,
    ...(linter === "typecheck" ? {} : { url: `https://golangci-lint.run/docs/linters/configuration/#${linter}` }),
  };
}

/** `SA1019: words` of staticcheck and `printf: words` of govet name the check; others are known by their linter. */
function ruleOf(linter: string, text: string): { readonly rule: string; readonly message: string } {
  const named = linter === "staticcheck" || linter === "govet" ? /^([A-Za-z]+\d*): ([\s\S]*)$/.exec(text) : null;
  const words = (named?.[2] ?? text).trim();
  return { rule: named?.[1] === undefined ? linter : `${linter}/${named[1]}`, message: words };
}

function endOf(issue: JsonRecord): { readonly endLine?: number } {
  if (issue.LineRange === undefined || issue.LineRange === null) {
    return {};
  }
  return { endLine: numberOf(recordOf(issue.LineRange, "LineRange").To, "LineRange.To") };
}
