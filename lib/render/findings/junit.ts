import { compareFindings, type Finding } from "../../core/finding.ts";
import { show } from "../../core/problem.ts";
import { oneLine } from "../printable.ts";
import { count, skipWords } from "../words.ts";
import { blockages, blockedTool, type FindingReport, type ReportOutcome, reportedTools } from "./report.ts";

/** A test case: passed where it has neither. */
interface Case {
  readonly name: string;
  readonly file?: string;
  readonly seconds?: number;
  readonly failure?: { readonly message: string; readonly type: string; readonly text: string };
  readonly skipped?: string;
}

/**
 * JUnit XML: a suite per tool with a case per file that it has findings in, or a passing case where it has none,
 * and a suite of the tasks that ended in another way than by findings.
 */
export function junitReport(report: FindingReport): string {
  const findings = Map.groupBy(report.findings.toSorted(compareFindings), (finding) => finding.tool);
  const blocked = new Set(blockages(report).map(blockedTool));
  const tools = reportedTools(report)
    .filter((tool) => findings.has(tool.name) || !blocked.has(tool.name))
    .map((tool) => ({ name: tool.name, cases: toolCases(findings.get(tool.name) ?? []) }));
  const tasks = { name: "tasks", cases: report.outcomes.filter((task) => !isByFindings(task)).map(taskCase) };
  const suites = [...(tasks.cases.length === 0 ? [] : [tasks]), ...tools];
  const all = suites.flatMap((suite) => suite.cases);
  const lines = suites.map(({ name, cases }) => {
    const attributes = attribute({ name, ...totals(cases) });
    return `  <testsuite${attributes}>\n${cases.map((one) => caseXml(name, one)).join("")}  </testsuite>\n`;
  });
  const attributes = attribute({ name: "k", ...totals(all), time: (report.durationMs / 1000).toFixed(3) });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes}>\n${lines.join("")}</testsuites>\n`;
}

/** Its findings are cases of their own. */
function isByFindings({ outcome }: ReportOutcome): boolean {
  return outcome.status === "failed" && outcome.problems.every((problem) => problem.kind === "findings");
}

function taskCase({ id, outcome, durationMs }: ReportOutcome): Case {
  const base = { name: id, seconds: durationMs / 1000 };
  switch (outcome.status) {
    case "passed":
      return base;
    case "skipped":
      return { ...base, skipped: skipWords(outcome.reason) };
    case "cancelled":
      return { ...base, skipped: "cancelled" };
    case "failed": {
      const shown = outcome.problems.map(show);
      const text = shown.flatMap(({ message, hint, detail }) => [
        message,
        ...(hint === undefined ? [] : [`hint: ${hint}`]),
        detail ?? "",
      ]);
      return {
        ...base,
        failure: { message: shown[0]?.message ?? "failed", type: "task", text: text.join("\n").trim() },
      };
    }
  }
}

function toolCases(findings: readonly Finding[]): readonly Case[] {
  if (findings.length === 0) {
    return [{ name: "no findings" }];
  }
  return [...Map.groupBy(findings, (finding) => finding.path)].map(([path, found]) => ({
    name: path,
    file: path,
    failure: {
      message: found.length === 1 ? (found[0]?.message ?? "") : count(found.length, "finding"),
      type: found.some(({ severity }) => severity === "error") ? "error" : (found[0]?.severity ?? "error"),
      text: found
        .map(({ line, column, severity, message, rule }) => `${line}:${column} ${severity}: ${message} [${rule}]`)
        .join("\n"),
    },
  }));
}

function totals(cases: readonly Case[]): Record<string, number> {
  const failures = cases.filter((one) => one.failure !== undefined).length;
  const skipped = cases.filter((one) => one.skipped !== undefined).length;
  return { tests: cases.length, failures, errors: 0, skipped };
}

function caseXml(suite: string, { name, file, seconds, failure, skipped }: Case): string {
  const head = attribute({ classname: suite, name, file, time: (seconds ?? 0).toFixed(3) });
  if (skipped !== undefined) {
    return `    <testcase${head}>\n      <skipped${attribute({ message: skipped })}/>\n    </testcase>\n`;
  }
  if (failure === undefined) {
    return `    <testcase${head}/>\n`;
  }
  const what = attribute({ message: oneLine(failure.message), type: failure.type });
  return `    <testcase${head}>\n      <failure${what}>${escapeXml(failure.text)}</failure>\n    </testcase>\n`;
}

function attribute(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [` ${name}="${escapeXml(String(value)).replace(/[\t\n\r]/g, reference)}"`]
    )
    .join("");
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** What XML 1.0 cannot hold at all (https://www.w3.org/TR/xml/#charsets), not even as a reference, becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\t\n\r\u007f-\u009f])[\p{Cc}\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>"\r]/g, (character) => entities[character] ?? "");
}
