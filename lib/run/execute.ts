import type { Outcome, PlannedRow, RunEvent } from "../core/event.ts";
import { eventVersion } from "../core/event.ts";
import { type ExitCode, exitCodes } from "../core/exit-code.ts";
import type { Plan, PlannedTask } from "../core/plan.ts";
import { show } from "../core/problem.ts";
import type { Lock, Platform } from "../core/task.ts";
import { compareText } from "../core/finding.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Locks, LockWish } from "./locks.ts";
import type { Release, Slots } from "./slots.ts";

export interface ExecuteOptions {
  readonly failFast: boolean;
  /** In seconds, for tasks that set none of their own. */
  readonly timeout: number | undefined;
  /** How long a task may go on after it was told to stop, in milliseconds. */
  readonly grace: number;
}

/** What one task is run with. */
export interface TaskRun {
  readonly planned: PlannedTask;
  readonly signal: AbortSignal;
  readonly attempt: number;
}

/** The world as the engine meets it. */
export interface EngineHost {
  /** Milliseconds since the run began. */
  now(): number;
  emit(event: RunEvent): void;
  /** Aborts when the user stops the run. */
  readonly signal: AbortSignal;
  readonly slots: Slots;
  readonly locks: Locks;
  /** Told of all that is done for one task; where it is given, it must do it. */
  within?<T>(task: TaskId, work: () => Promise<T>): Promise<T>;
  run(run: TaskRun): Promise<Outcome>;
  /** Holds a lock against other processes too; `undefined` where the signal aborted first. */
  machineLock(name: string, mode: LockWish["mode"], signal: AbortSignal): Promise<Release | undefined>;
}

/** Outcomes after which those who need this task may run. */
export function satisfies(outcome: Outcome): boolean {
  switch (outcome.status) {
    case "passed":
      return true;
    case "skipped":
      return outcome.reason.kind !== "need-failed" && outcome.reason.kind !== "platform";
    case "failed":
    case "cancelled":
      return false;
  }
}

/** Carries out a plan and says how as events; resolves with each task's outcome when all have ended. */
export async function execute(
  plan: Plan,
  options: ExecuteOptions,
  host: EngineHost
): Promise<ReadonlyMap<TaskId, Outcome>> {
  const outcomes = new Map<TaskId, Outcome>();
  const failed = new AbortController();
  const stop = AbortSignal.any([host.signal, failed.signal]);
  const started = new Map<TaskId, Promise<void>>();

  host.emit({
    type: "run-started",
    version: eventVersion,
    tasks: plan.tasks.map(rowOf),
    at: host.now(),
  });

  const finish = (planned: PlannedTask, outcome: Outcome, from: number): void => {
    outcomes.set(planned.task.id, outcome);
    const at = host.now();
    host.emit({ type: "task-finished", id: planned.task.id, outcome, duration: at - from, at });
    if (outcome.status === "failed" && options.failFast) {
      failed.abort();
    }
  };

  for (const planned of plan.tasks) {
    const before = planned.waitsFor.map((id) => started.get(id));
    started.set(
      planned.task.id,
      Promise.all(before).then(async () => {
        const settled = settleWithoutRunning(planned, outcomes, stop);
        if (settled !== undefined) {
          finish(planned, settled, host.now());
        } else {
          const work = (): Promise<void> => runOne(planned, { options, host, stop, finish });
          await (host.within?.(planned.task.id, work) ?? work());
        }
      })
    );
  }
  await Promise.all(started.values());
  return outcomes;
}

function rowOf(planned: PlannedTask): PlannedRow {
  const { task, needs, waitsFor, reason } = planned;
  const after = waitsFor.filter((id) => !needs.includes(id));
  const locks = locksOf(planned).map(({ name, mode }) => ({ name, mode }));
  return {
    id: task.id,
    summary: task.definition.summary,
    needs,
    group: task.definition.run === undefined,
    asked: reason.kind === "asked",
    interactive: task.definition.interactive === true,
    ...(after.length === 0 ? {} : { after }),
    ...(locks.length === 0 ? {} : { locks }),
  };
}

function locksOf({ task, flags }: PlannedTask): readonly Lock[] {
  const { locks } = task.definition;
  return typeof locks === "function" ? locks(flags) : (locks ?? []);
}

/** The outcome of a task that needs no running: skipped, cancelled, or a group, which ends as its needs did. */
function settleWithoutRunning(
  planned: PlannedTask,
  outcomes: ReadonlyMap<TaskId, Outcome>,
  stop: AbortSignal
): Outcome | undefined {
  const { definition } = planned.task;
  const broken = planned.needs.find((id) => {
    const outcome = outcomes.get(id);
    return outcome !== undefined && !satisfies(outcome);
  });
  if (definition.run === undefined) {
    if (stop.aborted) {
      return { status: "cancelled" };
    }
    return broken === undefined ? { status: "passed" } : { status: "failed", problems: [] };
  }
  if (stop.aborted) {
    return { status: "cancelled" };
  }
  if (planned.wrongPlatform) {
    const platforms: readonly Platform[] = definition.platforms ?? [];
    return { status: "skipped", reason: { kind: "platform", platforms } };
  }
  if (broken !== undefined) {
    return { status: "skipped", reason: { kind: "need-failed", need: broken } };
  }
  return undefined;
}

interface Surroundings {
  readonly options: ExecuteOptions;
  readonly host: EngineHost;
  readonly stop: AbortSignal;
  finish(planned: PlannedTask, outcome: Outcome, from: number): void;
}

async function runOne(planned: PlannedTask, { options, host, stop, finish }: Surroundings): Promise<void> {
  const held = await holdAll(planned, host, stop);
  if (held === undefined) {
    finish(planned, { status: "cancelled" }, host.now());
    return;
  }
  const from = host.now();
  try {
    const attempts = 1 + (planned.task.definition.retries ?? 0);
    let outcome: Outcome = { status: "cancelled" };
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      host.emit({ type: "task-started", id: planned.task.id, attempt, at: host.now() });
      outcome = await attemptOnce(planned, attempt, { options, host, stop });
      if (outcome.status !== "failed" || stop.aborted) {
        break;
      }
    }
    finish(planned, outcome, from);
  } finally {
    held();
  }
}

/** Locks first, then a place: a task that waits for a lock keeps nobody from working. */
async function holdAll(planned: PlannedTask, host: EngineHost, stop: AbortSignal): Promise<Release | undefined> {
  const { definition } = planned.task;
  const declared = locksOf(planned);
  const terminal: LockWish = { name: "terminal", mode: definition.interactive === true ? "exclusive" : "shared" };
  const releases: Release[] = [];
  const releaseAll = (): void => {
    for (const release of releases.toReversed()) {
      release();
    }
  };
  const own = await host.locks.acquire([terminal, ...declared], stop);
  if (own === undefined) {
    return undefined;
  }
  releases.push(own);
  const machine = declared.filter((lock) => lock.machine === true);
  // In one order everywhere, so that two processes never wait for each other.
  for (const { name, mode } of machine.toSorted((a, b) => compareText(a.name, b.name))) {
    const release = await host.machineLock(name, mode, stop);
    if (release === undefined) {
      releaseAll();
      return undefined;
    }
    releases.push(release);
  }
  const slot = await host.slots.acquire(stop);
  if (slot === undefined) {
    releaseAll();
    return undefined;
  }
  releases.push(slot);
  return releaseAll;
}

async function attemptOnce(
  planned: PlannedTask,
  attempt: number,
  { options, host, stop }: Omit<Surroundings, "finish">
): Promise<Outcome> {
  const seconds: number | undefined = planned.task.definition.timeout ?? options.timeout;
  const time = seconds === undefined ? undefined : timeLimit(seconds);
  const signal = time === undefined ? stop : AbortSignal.any([stop, time.signal]);
  const grace = graceOf(signal, options.grace);
  try {
    const outcome = await Promise.race([host.run({ planned, signal, attempt }), grace.over]);
    if (stop.aborted) {
      return { status: "cancelled" };
    }
    if (time?.signal.aborted === true) {
      return { status: "failed", problems: [{ kind: "timeout", id: planned.task.id, seconds: time.seconds }] };
    }
    return outcome;
  } finally {
    grace.forget();
    time?.forget();
  }
}

interface TimeLimit {
  readonly seconds: number;
  readonly signal: AbortSignal;
  forget(): void;
}

function timeLimit(seconds: number): TimeLimit {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), seconds * 1000);
  return { seconds, signal: controller.signal, forget: () => clearTimeout(timer) };
}

/** `over` resolves when a task that was told to stop has had its grace: `k` does not hang on a task that ignores its signal. */
function graceOf(signal: AbortSignal, grace: number): { readonly over: Promise<Outcome>; forget(): void } {
  const { promise: over, resolve } = Promise.withResolvers<Outcome>();
  const onAbort = (): void => void setTimeout(() => resolve({ status: "cancelled" }), grace + 1000).unref();
  signal.addEventListener("abort", onAbort, { once: true });
  return { over, forget: () => signal.removeEventListener("abort", onAbort) };
}

/** The exit code of a run: a bug before wrong use, before failure, before a missing tool. */
export function exitCodeOf(outcomes: Iterable<Outcome>): ExitCode {
  const failed = [...outcomes].filter((outcome) => outcome.status === "failed");
  const [own] = failed;
  if (failed.length === 1 && own?.exitCode !== undefined) {
    // Of a program that the user called through a task: any code that a program may have.
    return own.exitCode as ExitCode;
  }
  const codes = new Set(failed.flatMap(({ problems }) => problems.map((problem) => show(problem).exit)));
  const order: readonly ExitCode[] = [exitCodes.bug, exitCodes.wrongUse, exitCodes.failed, exitCodes.toolMissing];
  // A group fails without words of its own: one of its needs has said why.
  return order.find((code) => codes.has(code)) ?? (failed.length > 0 ? exitCodes.failed : exitCodes.passed);
}
