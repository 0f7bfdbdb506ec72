import { compareFindings, compareText, type Finding, type Severity } from "../../core/finding.ts";
import { type Problem, show } from "../../core/problem.ts";
import { blockages, blockedTool, type FindingReport, reportedTools, type ReportTool } from "./report.ts";

/** SARIF's name for the folder that all paths start from; each reader puts its own checkout there. */
const base = "SRCROOT";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/**
 * SARIF 2.1.0, a run per tool. The same findings give the same bytes on every machine: no time, no absolute path.
 * Facts: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(report: FindingReport): string {
  const findings = Map.groupBy(report.findings.toSorted(compareFindings), (finding) => finding.tool);
  const blocked = Map.groupBy(blockages(report), blockedTool);
  const runs = reportedTools(report).map((tool) =>
    toolRun(tool, findings.get(tool.name) ?? [], blocked.get(tool.name) ?? [], report.pathPrefix ?? "")
  );
  const log = { $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function toolRun(tool: ReportTool, findings: readonly Finding[], blocked: readonly Problem[], prefix: string): object {
  const ids = [...new Set(findings.map(ruleId))].toSorted(compareText);
  const seen = new Map<string, number>();
  return {
    tool: {
      driver: {
        name: tool.name,
        ...(tool.version === undefined ? {} : { version: tool.version }),
        ...uri("informationUri", tool.url),
        rules: ids.map((id) =>
          ruleEntry(
            id,
            findings.find((finding) => ruleId(finding) === id)
          )
        ),
      },
    },
    invocations: [
      {
        executionSuccessful: blocked.length === 0,
        ...(blocked.length === 0 ? {} : { toolExecutionNotifications: blocked.map(notification) }),
      },
    ],
    columnKind: "unicodeCodePoints",
    originalUriBaseIds: { [base]: { description: { text: "The root of the repository" } } },
    results: findings.map((finding) => result(finding, ids.indexOf(ruleId(finding)), prefix, seen)),
  };
}

/** A result must name a rule for most readers: a tool without rules is its own. */
function ruleId(finding: Finding): string {
  return finding.rule === "" ? finding.tool : finding.rule;
}

function ruleEntry(id: string, example: Finding | undefined): object {
  return {
    id,
    shortDescription: { text: `${example?.tool} ${example?.rule}`.trim() },
    ...uri("helpUri", example?.url),
  };
}

function notification(problem: Problem): object {
  return { level: "error", message: { text: show(problem).message } };
}

function uri(name: string, text: string | undefined): object {
  return text !== undefined && URL.canParse(text) ? { [name]: new URL(text).href } : {};
}

function result(finding: Finding, ruleIndex: number, prefix: string, seen: Map<string, number>): object {
  return {
    ruleId: ruleId(finding),
    ruleIndex,
    level: levels[finding.severity],
    message: { text: finding.message === "" ? ruleId(finding) : finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodePath(`${prefix}${finding.path}`), uriBaseId: base },
          region: region(finding),
        },
      },
    ],
    partialFingerprints: { "konductorFinding/v1": fingerprint(finding, seen) },
    ...(finding.fix === undefined ? {} : { properties: { fixable: true, safeFix: finding.fix.safe } }),
  };
}

/** An end before the start, as some tools give it, is left out. */
function region({ line, column, endLine = line, endColumn }: Finding): object {
  const start = { startLine: Math.max(1, line), startColumn: Math.max(1, column) };
  if (endLine < line || (endLine === line && endColumn !== undefined && endColumn < column)) {
    return start;
  }
  return {
    ...start,
    ...(endLine === line ? {} : { endLine }),
    ...(endColumn === undefined || endColumn < 1 ? {} : { endColumn }),
  };
}

/** Each part of the path percent-encoded; `.` and `..` cannot occur in a path from the root. */
function encodePath(path: string): string {
  return path
    .split("/")
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join("/");
}

/** The same while a finding only moves in its file; equal ones are told apart by their order. */
function fingerprint({ tool, rule, path, message }: Finding, seen: Map<string, number>): string {
  const key = [tool, rule, path, message].join("\0");
  const nth = seen.get(key) ?? 0;
  seen.set(key, nth + 1);
  return new Bun.CryptoHasher("sha256").update(`${key}\0${nth}`).digest("hex").slice(0, 32);
}
