import { oneLine } from "./printable.ts";
import { summaryLine } from "./closing.ts";
import { isIdle, type RunRecord, type TaskRecord } from "./record.ts";
import { createStyle } from "./style.ts";
import { count, duration, failWords, skipWords } from "./words.ts";

/** A runner refuses a summary of more than 1 MiB; so many rows of findings stay well below. */
const limit = 500;

/** The run as Markdown for the page of a CI step. */
export function stepSummary(record: RunRecord): string {
  const tasks = record.own().filter((task) => task.outcome !== undefined && !isIdle(task.outcome));
  const findings = record.findings();
  const shown = findings.slice(0, limit);
  return [
    `### k: ${escapeMarkdown(summaryLine(record, createStyle(false)))}\n`,
    table(["", "Task", "", "Time"], tasks.map(taskRow)),
    table(
      ["Place", "", "Message", "Rule"],
      shown.map(({ path, line, column, severity, message, tool, rule }) =>
        [`${path}:${line}:${column}`, severity, message, `${tool} ${rule}`].map(escapeMarkdown)
      )
    ),
    findings.length > shown.length ? `and ${count(findings.length - shown.length, "finding")} more\n` : "",
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function taskRow({ row, outcome, took }: TaskRecord): readonly string[] {
  const name = escapeMarkdown(row.id);
  switch (outcome?.status) {
    case "passed":
      return ["✅", name, escapeMarkdown(outcome.note ?? "passed"), duration(took)];
    case "failed":
      return ["❌", name, escapeMarkdown(`failed: ${failWords(row.id, outcome)}`), duration(took)];
    case "skipped":
      return ["⏭️", name, escapeMarkdown(`skipped, ${skipWords(outcome.reason)}`), ""];
    default:
      return ["⏹️", name, "cancelled", ""];
  }
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) {
    return "";
  }
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return `${line(head)}${line(head.map(() => "---"))}${rows.map(line).join("")}`;
}

/** Markdown lets a backslash stand before any ASCII punctuation. */
function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|#~!&@{}]/g, "\\$&");
}
