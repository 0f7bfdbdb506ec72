import type { RunEvent, Terminal } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";
import type { HookProgress } from "./hook-progress.ts";
import type { RenderOptions, RunRenderer } from "./options.ts";
import { oneLine } from "./printable.ts";
import { isIdle, RunRecord, type TaskRecord } from "./record.ts";
import { createStyle, type Style } from "./style.ts";
import { count, duration, skipWords } from "./words.ts";

export interface HookRenderOptions extends Omit<RenderOptions, "timings" | "tools"> {
  readonly hook: string;
  /** What does not happen where a job fails. */
  readonly stops: string | undefined;
  /** Says a line where all is well too. */
  readonly summary: boolean;
  /** The command that runs the hook again, with these flags. */
  again(flags: string): string;
}

export interface HookRenderer extends RunRenderer {
  /** A line beside what the jobs say. */
  note(line: string): void;
}

/** Rows are drawn only for what takes so long, in milliseconds: most hooks are over by then. */
const patience = 300;
/** A log has no rows: there it is said what a hook is at, after so many milliseconds and from then on. */
const stillAfter = 10_000;

/**
 * The words of a hook, all of them on stderr: one line where all is well, else what failed and the commands that show it
 * again and mend it, above the line that says what that means. What only a failure or a long run needs loads then.
 */
export function createHookRenderer(given: Terminal, options: HookRenderOptions): HookRenderer {
  const terminal: Terminal = { ...given, out: (text) => given.err(text) };
  const style = createStyle(terminal.colour);
  const record = new RunRecord();
  let progress: HookProgress | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = async (): Promise<void> => {
    const { HookProgress: Progress } = await import("./hook-progress.ts");
    if (timer !== undefined) {
      progress = new Progress(terminal, record, style, options.hook);
    }
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => void start(), terminal.live ? patience : stillAfter);
    timer.unref();
  };
  const pause = (): void => {
    clearTimeout(timer);
    timer = undefined;
    progress?.stop();
    progress = undefined;
  };
  const ownsTerminal = (id: TaskId): boolean => record.tasks.get(id)?.row.interactive === true;
  const write = (text: string): void => {
    if (progress === undefined) {
      terminal.err(text);
    } else {
      progress.above(text);
    }
  };
  return {
    handle(event: RunEvent): void {
      record.apply(event);
      if (event.type === "run-started" || (event.type === "task-finished" && ownsTerminal(event.id))) {
        schedule();
      }
      if (event.type === "task-started" && ownsTerminal(event.id)) {
        pause();
      }
      if (event.type === "run-stopping") {
        write(`${options.hook}: ${style.warn("stopping, again to kill")}\n`);
      }
    },
    async finish(): Promise<void> {
      pause();
      const text = await closing(record, style, terminal, options);
      if (text !== "") {
        terminal.err(text);
      }
    },
    note: (line) => write(`${options.hook}: ${line}\n`),
    print: write,
  };
}

async function closing(
  record: RunRecord,
  style: Style,
  terminal: Terminal,
  options: HookRenderOptions
): Promise<string> {
  const tasks = record.own();
  const failed = tasks.filter(({ outcome }) => outcome?.status === "failed");
  const ran = tasks.filter(({ outcome }) => outcome !== undefined && !isIdle(outcome));
  const { failedBlocks } = failed.length === 0 ? { failedBlocks: undefined } : await import("./hook-failures.ts");
  const blocks = (await failedBlocks?.(failed, style, terminal, options)) ?? [];
  const others = options.verbose ? tasks.filter((task) => isJob(task) && !failed.includes(task)) : [];
  const lines = [
    ...others.map((task) => jobLine(task, style)),
    ...(options.quiet || options.verbose ? [] : missingLines(ran, style)),
    ...notesOf(ran, options),
    lastLine(ran, failed.length, record.at, style, options),
  ];
  const text = lines.filter((line) => line !== "").map((line) => `${line}\n`);
  return [...blocks.map((block) => `${block}\n`), ...text].join("");
}

function lastLine(
  ran: readonly TaskRecord[],
  failed: number,
  took: number,
  style: Style,
  { hook, stops, summary, quiet }: HookRenderOptions
): string {
  const having = (status: string): number =>
    ran.filter((task) => isJob(task) && task.outcome?.status === status).length;
  const stopped = stops === undefined ? "" : `: the ${stops} is stopped`;
  const jobs = ran.filter(isJob).length;
  // Where all jobs passed, it is what comes behind them that failed.
  const what = jobs === ran.length ? `${failed} of ${count(jobs, "job")} failed` : "not done";
  if (failed > 0) {
    return `${hook}: ${style.bad(what)} in ${duration(took)}${stopped}`;
  }
  if (having("cancelled") > 0) {
    return `${hook}: ${style.warn("interrupted")}${stopped}`;
  }
  const passed = having("passed");
  return !summary || quiet || passed === 0
    ? ""
    : `${hook}: ${style.good(`${count(passed, "job")} passed`)} in ${duration(took)}`;
}

/** A line per tool that is not there, with what brings it. */
function missingLines(tasks: readonly TaskRecord[], style: Style): readonly string[] {
  return tasks.flatMap((task) => (task.outcome?.status === "skipped" ? [jobLine(task, style)] : []));
}

function jobLine({ row, outcome, took }: TaskRecord, style: Style): string {
  switch (outcome?.status) {
    case "passed": {
      const note = [...(outcome.note === undefined ? [] : [oneLine(outcome.note)]), duration(took)].join(", ");
      return `${row.id}: ${style.good("passed")} ${style.dim(`(${note})`)}`;
    }
    case "skipped": {
      const { reason } = outcome;
      const install = reason.kind === "tool-missing" ? `; ${oneLine(reason.install)}` : "";
      return `${row.id}: ${style.warn("skipped")}, ${skipWords(reason)}${install}`;
    }
    default:
      return `${row.id}: ${outcome?.status ?? "not run"}`;
  }
}

/** What comes behind the jobs is a row that nobody planned, so that it has no summary. */
function isJob({ row }: TaskRecord): boolean {
  return row.summary !== "";
}

/** What was mended. */
function notesOf(tasks: readonly TaskRecord[], { hook }: HookRenderOptions): readonly string[] {
  return tasks.flatMap((task) =>
    !isJob(task) && task.outcome?.status === "passed" && task.outcome.note !== undefined
      ? [`${hook}: ${oneLine(task.outcome.note)}`]
      : []
  );
}
