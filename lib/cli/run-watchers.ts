import type { RunEvent } from "../core/event.ts";
import type { Plan } from "../core/plan.ts";
import { ProblemError } from "../core/problem.ts";
import type { AnyTask } from "../core/task.ts";
import { stateFolders } from "../host/folders.ts";
import type { Probe } from "../report/trace/probe.ts";
import type { Guard } from "../run/secrets/index.ts";
import { complain } from "./complain.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";
import type { OutputFile } from "./output-file.ts";
import type { Command } from "./parse-command.ts";

/** One that is told of a run and shows nothing: the ledger, a trace, a report. */
interface Watcher {
  handle(event: RunEvent): void;
  /** When the run is over and has been shown. Rejects with a `ProblemError`. */
  finish(): Promise<void> | void;
}

export interface Watchers {
  /** Set where somebody wants to know who waited for what. */
  readonly probe: Probe | undefined;
  handle(event: RunEvent): void;
  /** The environment of a task: in a run that is kept, what its processes run with `k` is a part of it and no run of its own. */
  envOf(task: AnyTask): Io["env"];
  /** Writes the files; false where one could not be written, which has been said then. */
  finish(): Promise<boolean>;
}

interface Around {
  readonly plan: Plan;
  readonly command: Command;
  readonly opened: Opened;
  readonly io: Io;
  readonly guard: Guard;
  /** The run of which this is what had failed. */
  readonly failedOf: string | undefined;
  /** Milliseconds since the run began. */
  now(): number;
}

/** Set for the processes of a run that is kept. */
export const insideRun = "K_RUN";

/** What a run leaves behind as its settings and flags say. Rejects with a `ProblemError` where a file cannot be written. */
export async function openWatchers(around: Around): Promise<Watchers> {
  const { global } = around.command;
  const watchers: Watcher[] = [];
  let probe: Probe | undefined;
  const { env } = around.io;
  const isKept = around.opened.config.log.enabled && !isSilent(around.plan) && env[insideRun] === undefined;
  if (isKept) {
    watchers.push(await openLedger(around));
  }
  if (global.trace !== undefined) {
    const { Probe: Made } = await import("../report/trace/probe.ts");
    probe = new Made(around.now);
    watchers.push(await openTrace(global.trace, probe, around));
  }
  if (global.report !== undefined) {
    watchers.push(await openReport(global.report, around));
  }
  const inside = isKept ? { ...env, [insideRun]: "1" } : env;
  return {
    probe,
    // What a user does in a shell that a task opened is not that task's doing.
    envOf: ({ interactive }) => (interactive === true ? env : inside),
    handle(event) {
      for (const watcher of watchers) {
        watcher.handle(event);
      }
    },
    finish: () => finishAll(watchers, around.io),
  };
}

async function finishAll(watchers: readonly Watcher[], io: Io): Promise<boolean> {
  const ended = await Promise.allSettled(watchers.map(async (watcher) => watcher.finish()));
  const errors = ended.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  for (const error of errors) {
    if (!(error instanceof ProblemError)) {
      throw error;
    }
    complain(error.problems, io);
  }
  return errors.length === 0;
}

/** A task whose own output is the result, such as `k list`, is a question: there is nothing to look at again or to run again. */
function isSilent({ tasks }: Plan): boolean {
  return tasks.some(({ task, reason }) => reason.kind === "asked" && task.definition.silent === true);
}

async function openLedger({ opened, io, guard, failedOf }: Around): Promise<Watcher> {
  const [{ LedgerWriter }, { ledgerFolder }, { gitHead }, { version }] = await Promise.all([
    import("../ledger/writer.ts"),
    import("../ledger/place.ts"),
    import("../ledger/git-head.ts"),
    import("./version.ts"),
  ]);
  const { project, config } = opened;
  const folder = ledgerFolder(stateFolders(io.env).state, project.root);
  const argv = io.argv.map((word) => guard.text(word));
  const start = {
    argv,
    cwd: io.cwd(),
    root: project.root,
    version,
    head: project.git === undefined ? {} : gitHead(project.git.gitDir, project.git.commonDir),
    ...(failedOf === undefined ? {} : { failedOf }),
    ...(argv.every((word, index) => word === io.argv[index]) ? {} : { hasSecret: true as const }),
  };
  const { keep_runs: runs, keep_days: days, max_size: size } = config.log;
  const writer = new LedgerWriter(start, { folder, taskLimit: size / 10, now: () => new Date() });
  return {
    handle: (event) => writer.handle(event),
    async finish() {
      writer.close();
      const { prune } = await import("../ledger/prune.ts");
      prune(folder, { runs, days, size }, { now: new Date(), wrote: writer.size });
    },
  };
}

async function openTrace(path: string, probe: Probe, around: Around): Promise<Watcher> {
  const [{ traceEvents, traceText }, { version }, file] = await Promise.all([
    import("../report/trace/trace-file.ts"),
    import("./version.ts"),
    openFile(path, around),
  ]);
  const { io, guard } = around;
  const events: RunEvent[] = [];
  return {
    handle(event) {
      if (event.type !== "task-output" && event.type !== "task-finding" && event.type !== "task-progress") {
        events.push(event);
      }
    },
    finish() {
      const about = { command: guard.text(["k", ...io.argv].join(" ")), version };
      const spans = probe.spans.map((span) =>
        span.kind === "process" ? { ...span, argv: span.argv.map((word) => guard.text(word)) } : span
      );
      return file.write(traceText(traceEvents(spans, events), about));
    },
  };
}

async function openReport(path: string, around: Around): Promise<Watcher> {
  const [{ ReportWriter }, { version }, { readSource }, file] = await Promise.all([
    import("../report/page/report-writer.ts"),
    import("./version.ts"),
    import("./report-files.ts"),
    openFile(path, around),
  ]);
  const { io, guard, opened } = around;
  const { project } = opened;
  const { gitHead } = await import("../ledger/git-head.ts");
  const head = project.git === undefined ? {} : gitHead(project.git.gitDir, project.git.commonDir);
  const writer = new ReportWriter({
    command: ["k", ...io.argv].map((word) => guard.text(word)),
    project: opened.config.project.name ?? project.root.slice(project.root.lastIndexOf("/") + 1),
    version,
    began: new Date(),
    head,
    readSource: guard.source(readSource(project.root)),
  });
  return { handle: (event) => writer.handle(event), finish: () => file.write(writer.text()) };
}

async function openFile(path: string, { opened }: Around): Promise<OutputFile> {
  const { openOutputFile } = await import("./output-file.ts");
  return openOutputFile(path, opened.cwd);
}
