import "./run-gate.ts";
import { join, relative } from "node:path";
import { inActions } from "../config/in-ci.ts";
import type { RunEvent } from "../core/event.ts";
import { type ExitCode, exitCodes, type StopSignal, stopSignals } from "../core/exit-code.ts";
import type { Plan } from "../core/plan.ts";
import type { FindingFormat } from "../core/reporter.ts";
import { coreCount } from "../host/cores.ts";
import { lazySpawner } from "../host/process/lazy-spawner.ts";
import { installSignalHandlers } from "../host/process/signals.ts";
import { machineLock } from "../host/machine-lock.ts";
import { createRenderer, pickReporter, type RunRenderer } from "../render/index.ts";
import { execute, exitCodeOf } from "../run/execute.ts";
import { Locks, type LockWish } from "../run/locks.ts";
import { runTask } from "../run/run-task.ts";
import { type Guard, guardOf } from "../run/secrets/index.ts";
import { Slots } from "../run/slots.ts";
import { confirmPlan } from "./confirm.ts";
import { type Io, isLive, terminalOf } from "./io.ts";
import { readSource, stepSummary } from "./report-files.ts";
import type { Opened } from "./open-project.ts";
import type { Command } from "./parse-command.ts";
import { openWatchers } from "./run-watchers.ts";
import { createServices, type WiredServices } from "./services.ts";

/** CI places annotations by the repository's root; the project may be a folder of it. */
function pathPrefix({ root, git }: Opened["project"]): { readonly pathPrefix?: string } {
  const below = git === undefined ? "" : relative(git.worktree, root);
  return below === "" || below.startsWith("..") ? {} : { pathPrefix: `${below}/` };
}

/** Carries out a plan: asks, runs, renders, stops on signals, and cleans up whatever happened. */
export async function runPlan(
  plan: Plan,
  command: Command,
  opened: Opened,
  io: Io,
  failedOf?: string
): Promise<ExitCode> {
  const { global } = command;
  await confirmPlan(plan, global.yes === true, io);
  const { config, project, home, cwd } = opened;
  const began = performance.now();
  const now = (): number => performance.now() - began;
  const guard = await guardOf(io.env, { also: config.log.secrets, except: config.log.not_secret });
  const watchers = await openWatchers({ plan, command, opened, io, guard, failedOf, now });
  const { probe } = watchers;
  const realSpawner = lazySpawner(() => ({ graceMs: config.run.grace * 1000 }));
  const spawner = probe?.spawner(realSpawner) ?? realSpawner;
  const stop = new AbortController();
  let stoppedBy: StopSignal | undefined;
  const cores = global.jobs ?? config.run.jobs ?? coreCount();
  const slots = probe?.slots(cores) ?? new Slots(cores);
  const holdLock = (name: string, mode: LockWish["mode"], signal: AbortSignal): ReturnType<typeof machineLock> =>
    machineLock(join(project.git?.gitDir ?? home, "k", "locks"), name, mode, signal);
  const services = createServices({ opened, io, spawner, slots, cores, global });
  const renderer = await rendererOf(plan, command, opened, io, services, guard);
  // Secrets end here: whoever is told of a run stands behind this.
  const emit = guard.events((event: RunEvent): void => {
    watchers.handle(event);
    renderer.handle(event);
  });
  const disposeSignals = installSignalHandlers(spawner, {
    onStop(signal) {
      stoppedBy ??= signal;
      emit({ type: "run-stopping", signal, at: now() });
      stop.abort();
    },
  });
  const disposeResize = io.onResize(() => spawner.resize({ columns: io.columns(), rows: io.rows() }));
  let code: ExitCode;
  try {
    const outcomes = await execute(
      plan,
      {
        failFast: global["keep-going"] !== true && (global["fail-fast"] ?? config.run.fail_fast),
        timeout: global.timeout,
        grace: config.run.grace * 1000,
      },
      {
        now,
        emit,
        signal: stop.signal,
        slots,
        locks: probe?.locks() ?? new Locks(),
        machineLock: probe?.machineLock(holdLock) ?? holdLock,
        ...(probe === undefined ? {} : { within: (task, work) => probe.within(task, work) }),
        run: ({ planned, signal }) =>
          runTask(planned, signal, {
            root: project.root,
            home,
            cwd,
            env: watchers.envOf(planned.task.definition),
            spawner,
            now,
            emit,
            print: (text) => renderer.print(text),
            terminal: () => (isLive(io) ? { columns: io.columns(), rows: io.rows() } : undefined),
            shell: services.shell,
            services: services.of,
            unmet: services.unmet,
          }),
      }
    );
    code = stoppedBy === undefined ? exitCodeOf(outcomes.values()) : stopSignals[stoppedBy];
    emit({ type: "run-finished", exitCode: code, at: now() });
  } finally {
    // Also after a bug: it gives the cursor back.
    await renderer.finish();
    await services.close();
    await spawner.close();
    disposeSignals();
    disposeResize();
  }
  const isAllWritten = await watchers.finish();
  return isAllWritten || code !== exitCodes.passed ? code : exitCodes.failed;
}

async function rendererOf(
  plan: Plan,
  { global, requests }: Command,
  { project, config }: Opened,
  io: Io,
  services: WiredServices,
  guard: Guard
): Promise<RunRenderer> {
  const terminal = terminalOf(io, { color: global.color, noColor: global["no-color"] });
  const isSilent = plan.tasks.some(({ task, reason }) => reason.kind === "asked" && task.definition.silent === true);
  if (isSilent) {
    return (await import("../render/silent.ts")).createSilent(terminal);
  }
  const format = requests.map(({ flags }) => flags["format"]).find((value) => value !== undefined) as
    | FindingFormat
    | undefined;
  const kind = pickReporter(global.reporter ?? config.run.reporter, {
    live: terminal.live,
    githubActions: inActions(io.env),
  });
  return createRenderer(kind, terminal, {
    quiet: global.quiet === true,
    verbose: global.verbose === true,
    timings: global.timings === true,
    root: project.root,
    readSource: guard.source(readSource(project.root)),
    tools: services.ranTools,
    ...(format === undefined ? {} : { format }),
    ...stepSummary(io.env),
    ...pathPrefix(project),
  });
}
