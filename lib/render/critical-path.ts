import type { PlannedRow } from "../core/event.ts";
import type { Lock } from "../core/task.ts";
import type { TaskId } from "../core/task-id.ts";

/** A task that ran, or a group: when it began and ended, in milliseconds since the run began. */
export interface Timed {
  readonly row: PlannedRow;
  readonly from: number;
  readonly to: number;
}

interface Chain {
  readonly time: number;
  /** The task before it on the chain. */
  readonly before: TaskId | undefined;
}

/**
 * The chain of tasks that held the end of the run up longest, first task first: each could begin only when the one before it was
 * over, because it needs it, runs after it, or because both hold a lock. Groups take no time and are left out.
 */
export function criticalPath(tasks: readonly Timed[]): readonly TaskId[] {
  const byId = new Map(tasks.map((task) => [task.row.id, task]));
  const chains = new Map<TaskId, Chain>();
  // In the order of their ends, since whatever a task waited for ended before it.
  const ordered = [...byId.values()].toSorted((a, b) => a.to - b.to || a.from - b.from);
  const longest = (ids: Iterable<TaskId>): Chain => {
    let best: Chain = { time: 0, before: undefined };
    for (const id of ids) {
      const time = chains.get(id)?.time ?? -1;
      if (time > best.time || (time === best.time && best.before === undefined)) {
        best = { time, before: id };
      }
    }
    return best;
  };
  for (const task of ordered) {
    const { time, before } = longest(waitedFor(task, ordered).filter((id) => chains.has(id)));
    chains.set(task.row.id, { time: time + lengthOf(task), before });
  }
  const path: TaskId[] = [];
  for (let id = longest(chains.keys()).before; id !== undefined; id = chains.get(id)?.before) {
    if (byId.get(id)?.row.group === false) {
      path.unshift(id);
    }
  }
  return path;
}

function lengthOf({ row, from, to }: Timed): number {
  return row.group ? 0 : to - from;
}

function waitedFor(task: Timed, all: readonly Timed[]): readonly TaskId[] {
  const held = all.filter((other) => other !== task && other.to <= task.from && holdsAgainst(other.row, task.row));
  return [...task.row.needs, ...(task.row.after ?? []), ...held.map(({ row }) => row.id)];
}

/** Whether the two can never run at once. */
function holdsAgainst(a: PlannedRow, b: PlannedRow): boolean {
  const locksOf = ({ locks = [], interactive }: PlannedRow): readonly Pick<Lock, "name" | "mode">[] => [
    ...locks,
    { name: "terminal", mode: interactive ? "exclusive" : "shared" },
  ];
  const wantsNothing = ({ locks, interactive }: PlannedRow): boolean => locks === undefined && !interactive;
  if (a.group || b.group || (wantsNothing(a) && wantsNothing(b))) {
    return false;
  }
  const theirs = locksOf(b);
  return locksOf(a).some((lock) =>
    theirs.some(({ name, mode }) => name === lock.name && (mode === "exclusive" || lock.mode === "exclusive"))
  );
}
