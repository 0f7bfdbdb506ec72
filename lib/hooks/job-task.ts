import type { RunEvent } from "../core/event.ts";
import type { PlannedTask } from "../core/plan.ts";
import type { Problem } from "../core/problem.ts";
import type { AnyTask, TaskContext } from "../core/task.ts";
import { parseTaskId, type TaskId } from "../core/task-id.ts";
import type { HookRequest } from "./hook-request.ts";
import type { HookRun } from "./hook-run.ts";
import { runJob } from "./run-job.ts";
import type { SelectedJob } from "./selection.ts";

/** Where the files of fixes come into the commit: shown as a job of its own. */
export const staging = "staging" as TaskId;

/** A job as the engine runs it; `suffix` tells the parts of a push apart. */
export function taskOf(selected: SelectedJob, suffix: string, run: HookRun): PlannedTask {
  const { name, job, file, origin, timeout } = selected;
  const id = (word: string): TaskId => parseTaskId(`${word}${suffix}`) ?? staging;
  const definition: AnyTask = {
    summary: job.summary ?? name,
    ...(timeout === undefined ? {} : { timeout }),
    ...("command" in job && job.interactive === true ? { interactive: true } : {}),
    run: (context: TaskContext) => runJob(selected, context, run),
  };
  return {
    task: { id: id(name), definition, file, origin },
    reason: { kind: "asked" },
    needs: selected.needs.map(id),
    waitsFor: selected.waitsFor.map(id),
    flags: {},
    words: [],
    rest: [],
    wrongPlatform: false,
  };
}

/** The engine stops a job that takes too long, and knows nothing of its settings. */
export function withReason(event: RunEvent, { again }: HookRequest, suffix: string): RunEvent {
  if (event.type !== "task-finished" || event.outcome.status !== "failed") {
    return event;
  }
  const late = event.outcome.problems.find((problem) => problem.kind === "timeout");
  if (late === undefined) {
    return event;
  }
  const job = event.id.slice(0, event.id.length - suffix.length);
  const what = `${job} was stopped: it ran longer than ${late.seconds} s`;
  const hint = `\`timeout\` of [jobs.${job}] in konductor.toml gives it more`;
  const failure: Problem = { kind: "job-failed", job, why: what, again: again(`--job ${job}`) };
  return { ...event, outcome: { ...event.outcome, problems: [{ kind: "hook", what, hint }, failure] } };
}
