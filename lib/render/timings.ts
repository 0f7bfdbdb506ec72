import type { TaskId } from "../core/task-id.ts";
import { criticalPath, type Timed } from "./critical-path.ts";
import { isIdle, type RunRecord, type TaskRecord } from "./record.ts";
import { duration } from "./words.ts";

/** When all that a task needs had ended, in milliseconds since the run began. */
function readyAt(task: TaskRecord, record: RunRecord): number {
  const { needs, after = [] } = task.row;
  return Math.max(0, ...[...needs, ...after].map((id) => record.tasks.get(id)?.finishedAt ?? 0));
}

/** Each task that had something to do, the longest first: how long it took, and how long it waited for a place after it could have begun. */
export function timingTable(record: RunRecord): string {
  const path = criticalPath(timed(record));
  const ran = record
    .own()
    .filter(
      ({ startedAt, finishedAt, outcome }) => startedAt !== undefined && finishedAt !== undefined && !isIdle(outcome)
    );
  if (ran.length === 0) {
    return "";
  }
  const rows = ran
    .toSorted((a, b) => b.took - a.took)
    .map((task) => [
      path.includes(task.row.id) ? "*" : " ",
      task.row.id,
      duration(task.took),
      duration(Math.max(0, (task.startedAt ?? 0) - readyAt(task, record))),
    ]);
  const table = columns([[" ", "task", "took", "waited"], ...rows]);
  return `${table}* critical path: ${path.join(" -> ")}, ${duration(pathTime(path, record))} of ${duration(record.at)}\n`;
}

/** What ran, and the groups that tie it together. */
function timed(record: RunRecord): readonly Timed[] {
  return [...record.tasks.values()].flatMap(({ row, startedAt, finishedAt }) => {
    if (finishedAt === undefined || (startedAt === undefined && !row.group)) {
      return [];
    }
    return [{ row, from: startedAt ?? finishedAt, to: finishedAt }];
  });
}

function pathTime(path: readonly TaskId[], record: RunRecord): number {
  return path.reduce((sum, id) => sum + (record.tasks.get(id)?.took ?? 0), 0);
}

/** Names to the left, numbers to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const width = (index: number): number => Math.max(...rows.map((row) => row[index]?.length ?? 0));
  return rows
    .map(([mark = "", name = "", ...rest]) => {
      const numbers = rest.map((cell, index) => cell.padStart(width(index + 2)));
      return `${[mark, name.padEnd(width(1)), ...numbers].join("  ")}\n`;
    })
    .join("");
}
