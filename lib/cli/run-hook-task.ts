import "./run-gate.ts";
import { join } from "node:path";
import type { Outcome, RunEvent } from "../core/event.ts";
import type { TaskJob } from "../core/hook.ts";
import { plan } from "../core/plan.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { coreCount } from "../host/cores.ts";
import { machineLock } from "../host/machine-lock.ts";
import type { Spawner } from "../host/process/spawner.ts";
import { execute } from "../run/execute.ts";
import { Locks } from "../run/locks.ts";
import { runTask } from "../run/run-task.ts";
import { Slots } from "../run/slots.ts";
import type { Io } from "./io.ts";
import { type Configured, openTasks } from "./open-project.ts";
import { parseCommand } from "./parse-command.ts";
import { createServices } from "./services.ts";

interface Around {
  readonly configured: Configured;
  readonly io: Io;
  readonly spawner: Spawner;
}

/** A task, and what it needs, over the content that a hook looks at: `folder` (absolute) stands in for the project's root. */
export async function runHookTask(
  job: TaskJob,
  folder: string,
  context: TaskContext,
  { configured, io, spawner }: Around
): Promise<TaskResult> {
  const opened = await openTasks(configured, io.env);
  const parsed = parseCommand([job.task, ...(job.args ?? [])], opened.catalog);
  if (!parsed.ok) {
    throw new ProblemError(...parsed.problems);
  }
  const planned = plan(parsed.command.requests, opened.catalog, process.platform);
  if (!planned.ok) {
    throw new ProblemError(...planned.problems);
  }
  const there = { ...opened, cwd: folder, project: { ...opened.project, root: folder } };
  const cores = configured.config.run.jobs ?? coreCount();
  const slots = new Slots(cores);
  // Git's variables lead to the index of the commit, and there is another one in the folder.
  const services = createServices({
    opened: there,
    io: { ...io, env: context.env },
    spawner,
    slots,
    cores,
    global: {},
  });
  const began = performance.now();
  const now = (): number => performance.now() - began;
  try {
    const outcomes = await execute(
      planned.plan,
      { failFast: false, timeout: undefined, grace: configured.config.run.grace * 1000 },
      {
        now,
        emit: (event) => handOn(event, context),
        signal: context.signal,
        slots,
        locks: new Locks(),
        machineLock: (name, mode, signal) =>
          machineLock(join(configured.project.git?.gitDir ?? configured.home, "k", "locks"), name, mode, signal),
        run: ({ planned: task, signal }) =>
          runTask(task, signal, {
            root: folder,
            home: configured.home,
            cwd: folder,
            env: context.env,
            spawner,
            now,
            emit: (event) => handOn(event, context),
            print: (text) => context.log(text),
            terminal: () => undefined,
            shell: services.shell,
            services: services.of,
            unmet: services.unmet,
          }),
      }
    );
    return resultOf([...outcomes.values()]);
  } finally {
    await services.close();
  }
}

function handOn(event: RunEvent, context: TaskContext): void {
  if (event.type === "task-finding") {
    context.report(event.finding);
  }
  if (event.type === "task-output") {
    context.log(event.text);
  }
}

function resultOf(outcomes: readonly Outcome[]): TaskResult {
  const failed = outcomes.filter((outcome) => outcome.status === "failed");
  return failed.length === 0
    ? { status: "passed" }
    : { status: "failed", problems: failed.flatMap(({ problems }) => problems) };
}
