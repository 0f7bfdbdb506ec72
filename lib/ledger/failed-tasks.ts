import type { TaskId } from "../core/task-id.ts";
import type { Run } from "./read-runs.ts";

/** What did not come to a good end: failed, skipped because of a failure, cancelled, or never heard of again. */
export function unfinishedTasks({ start, tasks }: Run): ReadonlySet<TaskId> {
  const isOpen = (id: TaskId): boolean => {
    const line = tasks.get(id);
    switch (line?.status) {
      case "passed":
        return false;
      case "skipped":
        return line.reason === "need-failed";
      default:
        return true;
    }
  };
  return new Set(start.tasks.map(({ id }) => id).filter(isOpen));
}
