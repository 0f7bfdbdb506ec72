import type { Outcome } from "../../core/event.ts";
import { compareText, type Finding } from "../../core/finding.ts";
import type { Problem } from "../../core/problem.ts";
import type { FindingFormat } from "../../core/reporter.ts";
import type { TaskId } from "../../core/task-id.ts";

/** A tool that was to run. */
export interface ReportTool {
  readonly name: string;
  readonly version?: string;
  readonly url?: string;
}

export interface ReportOutcome {
  readonly id: TaskId;
  readonly outcome: Outcome;
  readonly durationMs: number;
}

/** All that a document about a lint run is written from. */
export interface FindingReport {
  readonly findings: readonly Finding[];
  readonly tools: readonly ReportTool[];
  readonly outcomes: readonly ReportOutcome[];
  /** Absolute. */
  readonly root: string;
  readonly durationMs: number;
  /** From the repository's root to `root`, ending in `/`. */
  readonly pathPrefix?: string;
}

/** True for formats that another program reads. */
export function isDocument(format: FindingFormat | undefined): format is Exclude<FindingFormat, "pretty"> {
  return format !== undefined && format !== "pretty";
}

/** The tool that a problem kept from doing its work. */
export function blockedTool(problem: Problem): string | undefined {
  return "tool" in problem ? problem.tool : undefined;
}

/** What kept tools from doing their work, skips for want of the tool among them: such a tool is not clean. */
export function blockages(report: FindingReport): readonly Problem[] {
  return report.outcomes.flatMap(({ outcome }): readonly Problem[] => {
    if (outcome.status === "failed") {
      return outcome.problems.filter((problem) => blockedTool(problem) !== undefined);
    }
    if (outcome.status !== "skipped" || outcome.reason.kind !== "tool-missing") {
      return [];
    }
    const { tool, install } = outcome.reason;
    return [{ kind: "tool-missing", tool, install }];
  });
}

/** Every tool named by the report, in the order of their names. */
export function reportedTools(report: FindingReport): readonly ReportTool[] {
  const known = new Map<string, ReportTool>(report.tools.map((tool) => [tool.name, tool]));
  const named = [
    ...report.findings.map((finding) => finding.tool),
    ...blockages(report).flatMap((problem) => blockedTool(problem) ?? []),
  ];
  for (const name of named) {
    if (!known.has(name)) {
      known.set(name, { name });
    }
  }
  return [...known.values()].toSorted((a, b) => compareText(a.name, b.name));
}
