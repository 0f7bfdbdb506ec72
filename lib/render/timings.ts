import type { TaskId } from "../core/task-id.ts";
import type { RunRecord, TaskRecord } from "./record.ts";
import { duration } from "./words.ts";

/** When all that a task needs had ended, in milliseconds since the run began. */
function readyAt(task: TaskRecord, record: RunRecord): number {
  return Math.max(0, ...task.row.needs.map((id) => record.tasks.get(id)?.finishedAt ?? 0));
}

/** Each task that ran, the longest first: how long it took, and how long it waited for a place after it could have begun. */
export function timingTable(record: RunRecord): string {
  const path = criticalPath(record);
  const ran = record.own().filter((task) => task.startedAt !== undefined && task.finishedAt !== undefined);
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

/** The chain of needs that the end of the run waited for, first task first. */
export function criticalPath(record: RunRecord): readonly TaskId[] {
  const path: TaskId[] = [];
  const ended = (tasks: readonly TaskRecord[]): TaskRecord | undefined =>
    tasks.reduce<TaskRecord | undefined>(
      (last, task) => ((task.finishedAt ?? -1) > (last?.finishedAt ?? -1) ? task : last),
      undefined
    );
  let task = ended([...record.tasks.values()].filter(({ startedAt }) => startedAt !== undefined));
  while (task !== undefined && !path.includes(task.row.id)) {
    if (!task.row.group) {
      path.unshift(task.row.id);
    }
    task = ended(task.row.needs.flatMap((id) => record.tasks.get(id) ?? []));
  }
  return path;
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
