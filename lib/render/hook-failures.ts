import type { Terminal } from "../core/event.ts";
import { type Finding, isAdvice } from "../core/finding.ts";
import type { Problem } from "../core/problem.ts";
import { outputBlock } from "./closing.ts";
import { prettyFindings } from "./findings/pretty.ts";
import type { HookRenderOptions } from "./hook.ts";
import { oneLine } from "./printable.ts";
import { problemLines } from "./problems.ts";
import type { TaskRecord } from "./record.ts";
import type { Style } from "./style.ts";
import { findingWords } from "./words.ts";

type JobFailure = Problem & { readonly kind: "job-failed" };

/** Each job that failed: what it found, what it printed, what went wrong, and the commands that help. */
export function failedBlocks(
  tasks: readonly TaskRecord[],
  style: Style,
  terminal: Terminal,
  options: HookRenderOptions
): readonly string[] {
  const blocks = tasks.map((task) => failedBlock(task, style, terminal, options));
  const failures = tasks.flatMap((task) => failureOf(task) ?? []);
  // Only these: nothing is written where one of the jobs of a run fails.
  const mended = failures.filter(({ mend }) => mend?.includes(" --fix ") === true).map(({ job }) => job);
  const command = options.again(`--fix --job ${mended.join(",")}`);
  const all = `${style.note("to mend all that can be:")} ${command}\n`;
  return mended.length > 1 ? [...blocks, all] : blocks;
}

function failureOf({ outcome }: TaskRecord): JobFailure | undefined {
  const problems = outcome?.status === "failed" ? outcome.problems : [];
  return problems.find((problem): problem is JobFailure => problem.kind === "job-failed");
}

function failedBlock(task: TaskRecord, style: Style, terminal: Terminal, options: HookRenderOptions): string {
  const problems = task.outcome?.status === "failed" ? task.outcome.problems : [];
  const own = failureOf(task);
  const others = problems.filter(({ kind }) => kind !== "job-failed");
  const findings = task.findings.filter((finding) => options.verbose || !isAdvice(finding));
  const printed = task.output.join("");
  return [
    `${style.bad("✖")} ${style.strong(task.row.id)}${findings.length === 0 ? "" : `: ${findingWords(findings)}`}\n`,
    findingsText(findings, style, terminal, options),
    outputBlock(task, style),
    problemLines(others, style, (detail) => printed.includes(detail.trim())),
    ...hintLines(task, own, style, options),
  ].join("");
}

function findingsText(
  findings: readonly Finding[],
  style: Style,
  terminal: Terminal,
  { verbose, readSource }: HookRenderOptions
): string {
  if (findings.length === 0) {
    return "";
  }
  return prettyFindings(findings, {
    style,
    columns: terminal.columns() || 80,
    wrap: terminal.live,
    verbose,
    readSource,
  });
}

function hintLines(
  { row }: TaskRecord,
  failure: JobFailure | undefined,
  style: Style,
  { again: command }: HookRenderOptions
): readonly string[] {
  const line = (label: string, text: string): string => `${style.note(label)} ${text}\n`;
  // What comes behind the jobs, and has no summary, cannot be run by itself.
  const again = failure?.again ?? (row.summary === "" ? undefined : command(`--job ${row.id}`));
  return [
    ...(failure?.advice === undefined ? [] : [line("hint:", oneLine(failure.advice))]),
    ...(failure?.mend === undefined ? [] : [line("to mend it:", failure.mend)]),
    ...(again === undefined ? [] : [line("to see it again:", again)]),
  ];
}
