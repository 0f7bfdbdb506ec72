import type { TaskLine } from "../ledger/lines.ts";
import type { Run } from "../ledger/read-runs.ts";
import type { Style } from "../render/style.ts";
import { oneLine, showPath } from "../render/printable.ts";
import { count, duration } from "../render/words.ts";
import { shownCommand } from "./shown-command.ts";

/** A run as data for other programs; times are in milliseconds. */
export function runData(run: Run): object {
  const { type: _type, format: _format, owner: _owner, tasks, ...start } = run.start;
  return {
    id: run.id,
    state: run.state,
    exitCode: run.exitCode ?? null,
    took: run.took,
    ...start,
    folder: run.folder,
    tasks: tasks.map((task) => {
      const { type: _line, ...line } = run.tasks.get(task.id) ?? { type: "", status: stateOf(run) };
      return { ...task, ...line };
    }),
  };
}

/** What was asked, how it ended, and a line per task that did something. */
export function runSummary(run: Run, now: Date, style: Style): string {
  const { start } = run;
  const planned = start.tasks.filter(({ group }) => !group);
  const isIdle = (line: TaskLine | undefined): boolean => line?.reason === "nothing-to-do";
  const lines = planned.filter(({ id }) => !isIdle(run.tasks.get(id))).map(({ id }) => taskLine(run, id, style));
  const idle = planned.length - lines.length;
  const failed = planned.find(({ id }) => run.tasks.get(id)?.status === "failed");
  return [
    style.strong(shownCommand(start.argv)),
    ...(start.failedOf === undefined ? [] : [`only what failed in ${start.failedOf}`]),
    `${[endWords(run, style), ago(run, now), `took ${duration(run.took)}`, headWords(run)].filter((part) => part !== "").join(", ")}`,
    style.dim(`in ${showPath(start.cwd)}, run ${run.id}`),
    "",
    ...lines,
    ...(idle === 0 ? [] : [style.dim(`${count(idle, "task")} had nothing to do`)]),
    ...(failed === undefined
      ? []
      : [
          "",
          ...((run.tasks.get(failed.id)?.logged ?? 0) === 0
            ? []
            : [`${style.note("its output:")} k logs ${failed.id}`]),
          `${style.note("only what failed:")} k again --failed`,
        ]),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function stateOf({ state }: Run): string {
  return state === "running" ? "running" : "interrupted";
}

function taskLine(run: Run, id: TaskLine["id"], style: Style): string {
  const line = run.tasks.get(id);
  if (line === undefined) {
    return `${id}: ${style.warn(stateOf(run))}`;
  }
  const paint = { passed: style.good, failed: style.bad, skipped: style.warn, cancelled: style.warn }[line.status];
  const why = { passed: "", failed: failWords(line), cancelled: "", skipped: reasonWords(line) }[line.status];
  const took = line.attempts > 0 ? [duration(line.duration)] : [];
  const notes = [
    ...(line.attempts > 1 ? [count(line.attempts, "attempt")] : []),
    ...(line.findings > 0 ? [count(line.findings, "finding")] : line.note === undefined ? [] : [oneLine(line.note)]),
    ...took,
  ];
  const more = notes.length === 0 ? "" : style.dim(` (${notes.join(", ")})`);
  return `${id}: ${paint(line.status)}${why === "" ? "" : `, ${oneLine(why)}`}${more}`;
}

/** The line has named the task already. */
function failWords({ id, problems }: TaskLine): string {
  const text = problems?.[0]?.text ?? "";
  return text.startsWith(`\`${id}\` `) ? text.slice(id.length + 3) : text;
}

function reasonWords({ reason, need }: TaskLine): string {
  return need === undefined ? (reason ?? "").replaceAll("-", " ") : `\`${need}\` did not pass`;
}

function endWords(run: Run, style: Style): string {
  if (run.state !== "finished") {
    return style.warn(run.state);
  }
  return run.exitCode === 0 ? style.good("passed") : style.bad(`ended with exit code ${run.exitCode}`);
}

function headWords({ start: { head } }: Run): string {
  const { branch, commit } = head;
  const id = commit?.slice(0, 9);
  return [...(branch === undefined ? [] : [`on ${oneLine(branch)}`]), ...(id === undefined ? [] : [`at ${id}`])].join(
    " "
  );
}

function ago({ start }: Run, now: Date): string {
  const minutes = Math.floor((now.getTime() - new Date(start.at).getTime()) / 60_000);
  if (minutes < 1) {
    return "just now";
  }
  if (minutes < 60) {
    return `${minutes} min ago`;
  }
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / 60 / 24)} days ago`;
}

/** A line per run: its name, how it ended, when, how long it took, and what was asked. */
export function runTable(runs: readonly Run[], now: Date, style: Style): string {
  const rows = runs.map((run) => {
    const end = run.state === "finished" ? `exit ${run.exitCode}` : run.state;
    const paint = run.state !== "finished" ? style.warn : run.exitCode === 0 ? style.good : style.bad;
    const command = shownCommand(run.start.argv);
    return { cells: [run.id, end, ago(run, now), duration(run.took)], paint, command };
  });
  const width = (index: number): number => Math.max(...rows.map(({ cells }) => cells[index]?.length ?? 0));
  const widths = [0, 1, 2, 3].map(width);
  return rows
    .map(({ cells, paint, command }) => {
      const padded = cells.map((cell, index) => cell.padEnd(widths[index] ?? 0));
      return `${padded[0]}  ${paint(padded[1] ?? "")}  ${padded.slice(2).join("  ")}  ${command}\n`;
    })
    .join("");
}
