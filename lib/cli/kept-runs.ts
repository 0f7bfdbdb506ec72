import { ProblemError } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import { parseTaskId, type TaskId } from "../core/task-id.ts";
import { stateFolders } from "../host/folders.ts";
import { ledgerFolder, logFiles } from "../ledger/place.ts";
import { type Run, runsOf } from "../ledger/read-runs.ts";
import { createStyle, type Style } from "../render/style.ts";
import { runData, runSummary, runTable } from "./run-summary.ts";
import { printLog } from "./print-log.ts";
import { wantsColour } from "./io.ts";
import type { Wiring } from "./wiring.ts";

interface Out {
  print(text: string): void;
  readonly signal: AbortSignal;
}

/** How a run went, in words or as JSON. */
export function lastText({ run, json }: { run: string | undefined; json: boolean }, wiring: Wiring): string {
  const found = runNamed(run, wiring);
  return json ? `${JSON.stringify(runData(found), undefined, 2)}\n` : runSummary(found, new Date(), styleOf(wiring));
}

/** A line per run, or a list as JSON. */
export function runsText({ task, json }: { task: string | undefined; json: boolean }, wiring: Wiring): string {
  const id = task === undefined ? undefined : idOf(task, wiring);
  const runs = [...keptRuns(wiring)].filter(
    ({ start }) => id === undefined || start.tasks.some((one) => one.id === id)
  );
  if (json) {
    return `${JSON.stringify(runs.map(runData), undefined, 2)}\n`;
  }
  return runs.length === 0 ? "no run is kept\n" : runTable(runs, new Date(), styleOf(wiring));
}

/** The output of a task as it came; on a terminal, without what would move its cursor. */
export async function printLogs(
  { task, run: wanted }: { task: string | undefined; run: string | undefined },
  wiring: Wiring,
  out: Out
): Promise<void> {
  const { io } = wiring;
  const id = task === undefined ? undefined : idOf(task, wiring);
  const run = wanted !== undefined || id === undefined ? runNamed(wanted, wiring) : lastWith(id, wiring);
  const logs = logsOf(run, id);
  if (logs.length === 0) {
    const what = id === undefined ? "nothing" : `\`${id}\``;
    io.err(id === undefined ? `${what} was printed in ${run.id}\n` : `${what} printed nothing in ${run.id}\n`);
  }
  const colour = wantsColour(io, { color: wiring.global.color, noColor: wiring.global["no-color"] });
  for (const [index, one] of logs.entries()) {
    if (logs.length > 1) {
      out.print(`${index === 0 ? "" : "\n"}==> ${one} <==\n`);
    }
    await printLog(run.folder, one, { ...out, plain: io.stdoutIsTerminal ? { colour } : undefined });
  }
}

function styleOf({ io, global }: Wiring): Style {
  return createStyle(wantsColour(io, { color: global.color, noColor: global["no-color"] }));
}

function keptRuns({ opened, io }: Wiring): Generator<Run> {
  return runsOf(ledgerFolder(stateFolders(io.env).state, opened.project.root));
}

/** The run with that name, or the only one whose name holds the text; the last where there is none. */
function runNamed(text: string | undefined, wiring: Wiring): Run {
  if (text === undefined) {
    const last = keptRuns(wiring).next().value;
    if (last === undefined) {
      throw new ProblemError({
        kind: "wrong-use",
        message: "no run of this project is kept",
        hint: "questions such as `k list` leave none; `k lint` does",
      });
    }
    return last as Run;
  }
  const matching = [...keptRuns(wiring)].filter(({ id }) => id.includes(text));
  const [only] = matching;
  if (only !== undefined && matching.length === 1) {
    return only;
  }
  throw new ProblemError({
    kind: "flag-value",
    flag: "--run",
    value: text,
    expected: `the name of one run, or a part that no other has; ${matching.length} have this (\`k logs --list\` shows them)`,
  });
}

/** The last run in which a task, or one that it gathers, was started. */
function lastWith(id: TaskId, wiring: Wiring): Run {
  for (const run of keptRuns(wiring)) {
    const ids = gathered(run, id);
    if (ids.some((one) => (run.tasks.get(one)?.attempts ?? 0) > 0 || hasLog(run, one))) {
      return run;
    }
  }
  throw new ProblemError({
    kind: "wrong-use",
    message: `no run with \`${id}\` is kept`,
    hint: "`k logs --list` shows those that are",
  });
}

/** The task itself, or the tasks that it stands for. */
function gathered({ start }: Run, id: TaskId): readonly TaskId[] {
  const task = start.tasks.find((one) => one.id === id);
  if (task === undefined) {
    return [];
  }
  return task.group ? task.needs.flatMap((need) => gathered({ start } as Run, need)) : [id];
}

function logsOf(run: Run, id: TaskId | undefined): readonly TaskId[] {
  const ids = id === undefined ? run.start.tasks.map((task) => task.id) : gathered(run, id);
  return [...new Set(ids)].filter((one) => hasLog(run, one));
}

function hasLog(run: Run, id: TaskId): boolean {
  return Bun.file(logFiles(run.folder, id).now).size > 0;
}

/** A task that is gone since has its logs still. */
function idOf(word: string, { opened }: Wiring): TaskId {
  const known = opened.catalog.resolve(word)?.id;
  const gone = parseTaskId(word);
  const near = nearest(word, opened.catalog.words());
  if (known === undefined && (gone === undefined || near !== undefined)) {
    throw new ProblemError({ kind: "unknown-task", word, ...(near === undefined ? {} : { nearest: near }) });
  }
  return known ?? (gone as TaskId);
}
