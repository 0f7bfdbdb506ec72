import type { Terminal } from "../core/event.ts";
import { isAdvice } from "../core/finding.ts";
import { isDocument } from "./findings/report.ts";
import type { RenderOptions } from "./options.ts";
import { oneLine, printable } from "./printable.ts";
import { problemLines } from "./problems.ts";
import { endsLine, isIdle, type RunRecord, type TaskRecord } from "./record.ts";
import type { Style } from "./style.ts";
import { timingTable } from "./timings.ts";
import { count, duration, findingWords } from "./words.ts";

/**
 * What stands at the end of a run: findings, the summary and where the time went on stdout, problems on stderr.
 * `led` says that something stands above it already, from which a blank line parts it.
 */
export async function writeClosing(
  record: RunRecord,
  terminal: Terminal,
  options: RenderOptions,
  style: Style,
  led = true
): Promise<void> {
  const isShown = options.quiet ? (task: TaskRecord) => task.outcome?.status === "failed" : () => true;
  const all = isDocument(options.format) ? [] : record.findings(isShown);
  const findings = options.verbose ? all : all.filter((finding) => !isAdvice(finding));
  const parts: string[] = [];
  if (findings.length > 0) {
    const { prettyFindings } = await import("./findings/pretty.ts");
    parts.push(
      prettyFindings(findings, {
        style,
        columns: terminal.columns(),
        wrap: terminal.live,
        verbose: options.verbose,
        readSource: options.readSource,
      })
    );
  }
  if (!options.quiet) {
    parts.push(wrapped(summaryLine(record, style), terminal));
  }
  if (options.timings) {
    parts.push(timingTable(record));
  }
  if (parts.length > 0) {
    terminal.out(`${led ? "\n" : ""}${parts.join("\n")}`);
  }
  writeProblems(record, terminal, style);
}

/** Broken between words on a terminal; whole where another program may search the lines. */
function wrapped(text: string, terminal: Terminal): string {
  return terminal.live ? Bun.wrapAnsi(text, Math.max(20, terminal.columns() - 1)) : text;
}

/** To stderr; raw output that the user saw as the task's own is not repeated. */
export function writeProblems(record: RunRecord, terminal: Terminal, style: Style): void {
  const isShown = (detail: string): boolean =>
    record.own().some((task) => task.output.join("").includes(detail.trim()));
  const text = problemLines(record.problems(), style, isShown);
  if (text !== "") {
    terminal.err(text);
  }
}

/** All that a failed task printed, between two lines that name it; empty where it printed nothing. */
export function outputBlock(task: TaskRecord, style: Style): string {
  if (task.output.length === 0) {
    return "";
  }
  const text = printable(task.output.join(""), style.colour);
  const header = style.dim(`--- output of ${task.row.id} ---`);
  const footer = style.dim(`--- end of ${task.row.id} ---`);
  return `${header}\n${text}${endsLine(task.output) ? "" : "\n"}${footer}\n`;
}

/** A line for each tool that is missing, with what brings it. */
export function missingLines(record: RunRecord): string {
  const lines = record
    .own()
    .flatMap(({ outcome }) =>
      outcome?.status === "skipped" && outcome.reason.kind === "tool-missing"
        ? [`\`${outcome.reason.tool}\` is not to be found; ${oneLine(outcome.reason.install)}\n`]
        : []
    );
  return [...new Set(lines)].join("");
}

/** `3 passed, 1 failed, 2 skipped in 4.2 s; 14 findings in 3 files, 5 fixable with --fix`. */
export function summaryLine(record: RunRecord, style: Style): string {
  const tasks = record.own();
  const idle = tasks.filter((task) => isIdle(task.outcome)).length;
  const having = (status: string): number => tasks.filter((task) => task.outcome?.status === status).length;
  const counts = [
    { amount: having("passed"), words: "passed", paint: style.good },
    { amount: having("failed"), words: "failed", paint: style.bad },
    { amount: having("skipped") - idle, words: "skipped", paint: style.warn },
    { amount: having("cancelled"), words: "cancelled", paint: style.warn },
  ].filter(({ amount }) => amount > 0);
  const ended = counts.map(({ amount, words, paint }) => paint(`${amount} ${words}`)).join(", ");
  const parts = [`${ended === "" ? "nothing to do" : ended} in ${duration(record.at)}`];
  const [findings, advice] = partition(record.findings(), (finding) => !isAdvice(finding));
  if (findings.length > 0) {
    parts.push(findingWords(findings));
  }
  if (advice.length > 0) {
    parts.push(style.dim(`${count(advice.length, "piece")} of advice (-v shows them)`));
  }
  if (idle > 0 && ended !== "") {
    parts.push(style.dim(`${count(idle, "task")} had nothing to do`));
  }
  return `${parts.join("; ")}\n`;
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
