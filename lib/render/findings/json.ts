import { compareFindings } from "../../core/finding.ts";
import { outcomeData } from "../problems.ts";
import { type FindingReport, reportedTools, type ReportOutcome } from "./report.ts";

/** Rises when a reader of the old documents would be misled. */
export const reportVersion = 1;

/** The whole report as one JSON document. */
export function jsonReport(report: FindingReport): string {
  const document = {
    version: reportVersion,
    root: report.root,
    durationMs: Math.round(report.durationMs),
    tools: reportedTools(report),
    tasks: report.outcomes.map(taskEntry),
    findings: report.findings.toSorted(compareFindings),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function taskEntry({ id, outcome, durationMs }: ReportOutcome): object {
  return { id, durationMs: Math.round(durationMs), ...outcomeData(outcome) };
}
