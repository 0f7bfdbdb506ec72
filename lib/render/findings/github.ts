import { compareFindings, type Finding, type Severity } from "../../core/finding.ts";
import type { FindingReport } from "./report.ts";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** A workflow command per finding: GitHub and Forgejo show it at its place in the change. */
export function githubReport({ findings, pathPrefix = "" }: FindingReport): string {
  return findings
    .toSorted(compareFindings)
    .map((finding) => annotation(finding, pathPrefix))
    .join("");
}

export function annotation(finding: Finding, pathPrefix = ""): string {
  const properties = {
    file: `${pathPrefix}${finding.path}`,
    ...place(finding),
    title: `${finding.tool} ${finding.rule}`.trim(),
  };
  return workflowCommand(commands[finding.severity], finding.message, properties);
}

/** Columns only say something where the span ends on its own line; the runner counts the last one in. */
function place({ line, column, endLine = line, endColumn }: Finding): Readonly<Record<string, number>> {
  if (endLine > line) {
    return { line, endLine };
  }
  const end = endColumn === undefined ? {} : { endColumn: Math.max(column, endColumn - 1) };
  return { line, col: column, ...end };
}

/** `::name key=value,…::message`, escaped as the runner undoes it (actions/toolkit, `core/src/command.ts`). */
export function workflowCommand(
  name: string,
  message: string,
  properties: Readonly<Record<string, string | number>> = {}
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name}${list.length === 0 ? "" : ` ${list.join(",")}`}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
