import type { RunEvent, Terminal } from "../core/event.ts";
import { show } from "../core/problem.ts";
import { summaryLine, writeProblems } from "./closing.ts";
import { githubReport, workflowCommand } from "./findings/github.ts";
import { prettyFindings } from "./findings/pretty.ts";
import { isDocument } from "./findings/report.ts";
import type { RenderOptions, RunRenderer } from "./options.ts";
import { OutcomeLines } from "./plain.ts";
import { printable } from "./printable.ts";
import { endsLine, RunRecord, type TaskRecord } from "./record.ts";
import { stepSummary } from "./step-summary.ts";
import { createStyle, type Style } from "./style.ts";
import { timingTable } from "./timings.ts";

/** For GitHub Actions and Forgejo: each task's output folded away, findings at their place in the change. */
export function createGithub(terminal: Terminal, options: RenderOptions): RunRenderer {
  const style = createStyle(terminal.colour);
  const record = new RunRecord();
  const lines = new OutcomeLines(style, options);
  return {
    handle(event: RunEvent): void {
      record.apply(event);
      if (event.type === "run-stopping") {
        terminal.out("stopping, again to kill\n");
      }
      if (event.type !== "task-finished") {
        return;
      }
      const task = record.task(event.id);
      const line = lines.line(task);
      if (line !== "") {
        terminal.out(task.output.length === 0 ? line : group(line, task, style));
      }
      if (task.outcome?.status !== "failed") {
        task.output = [];
      }
    },
    async finish(): Promise<void> {
      terminal.out(closing(record, terminal, options, style));
      writeProblems(record, terminal, style);
      options.stepSummary?.(stepSummary(record));
    },
    print: (text) => terminal.out(text),
  };
}

function group(line: string, task: TaskRecord, style: Style): string {
  const output = `${printable(task.output.join(""), style.colour)}${endsLine(task.output) ? "" : "\n"}`;
  return `::group::${line}${unheard(output)}::endgroup::\n`;
}

/**
 * Text that the runner shows but does not obey: a line of a task's output, or of a file that is linted, may
 * look like a command. Nobody can guess the word that ends it.
 */
function unheard(text: string): string {
  const word = crypto.randomUUID();
  return `::stop-commands::${word}\n${text}::${word}::\n`;
}

function closing(record: RunRecord, terminal: Terminal, options: RenderOptions, style: Style): string {
  const isShown = (task: TaskRecord): boolean => !options.quiet || task.outcome?.status === "failed";
  const findings = isDocument(options.format) ? [] : record.findings(isShown);
  const report = {
    findings,
    tools: [],
    outcomes: [],
    root: options.root,
    durationMs: record.at,
    pathPrefix: options.pathPrefix ?? "",
  };
  const view = {
    style,
    columns: terminal.columns(),
    wrap: false,
    verbose: options.verbose,
    readSource: options.readSource,
  };
  return [
    findings.length === 0 ? "" : `${unheard(prettyFindings(findings, view))}${githubReport(report)}`,
    ...(isDocument(options.format) ? [] : problemCommands(record)),
    options.quiet ? "" : summaryLine(record, style),
    options.timings ? timingTable(record) : "",
  ].join("");
}

/** Problems that no finding stands for, at the top of the page of the run. */
function problemCommands(record: RunRecord): readonly string[] {
  const others = record.problems().filter((problem) => problem.kind !== "findings");
  return [...new Set(others.map((problem) => workflowCommand("error", show(problem).message, { title: "k" })))];
}
