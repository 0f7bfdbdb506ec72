import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";

const withPlace = /^(.+)\((\d+),(\d+)\): (error|warning|message) (TS\d+): (.*)$/;

/** What is wrong with the project as a whole: an option, a file that is not there. */
const withoutPlace = /^(error|warning|message) (TS\d+): (.*)$/;

const severities: Readonly<Record<string, Severity>> = { error: "error", warning: "warning", message: "info" };

/**
 * Reads what `tsc --pretty false` prints: a line for each fault, indented lines that go on with it. Columns count
 * UTF-16 units. A fault without a place is put at the head of the `tsconfig.json` that it speaks of.
 */
export function parseTsc({ stdout, exitCode }: ToolOutput): readonly ToolFinding[] {
  const findings: ToolFinding[] = [];
  for (const line of stdout.split(/\r?\n/)) {
    const last = findings.at(-1);
    const finding = findingOf(line);
    if (finding !== undefined) {
      findings.push(finding);
    } else if (/^\s+\S/.test(line) && last !== undefined) {
      findings[findings.length - 1] = { ...last, message: `${last.message}\n${line.trimEnd()}` };
    } else if (line.trim() !== "") {
      throw new Error(`tsc printed a line that is no diagnostic: ${line}`);
    }
  }
  if (exitCode !== 0 && findings.length === 0) {
    throw new Error(`tsc exited with ${exitCode} and printed no diagnostic`);
  }
  return findings;
}

function findingOf(line: string): ToolFinding | undefined {
  const placed = withPlace.exec(line);
  if (placed !== null) {
    const [, path = "", row = "1", column = "1", severity = "", rule = "", message = ""] = placed;
    return {
      path,
      rule,
      severity: severities[severity] ?? "error",
      line: Number(row),
      column: Number(column),
      message,
    };
  }
  const global = withoutPlace.exec(line);
  if (global === null) {
    return undefined;
  }
  const [, severity = "", rule = "", message = ""] = global;
  return { path: "tsconfig.json", rule, severity: severities[severity] ?? "error", line: 1, column: 1, message };
}
