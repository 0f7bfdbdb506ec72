import "./hook-gate.ts";
import type { Config } from "../config/config.ts";
import type { Outcome } from "../core/event.ts";
import { type ExitCode, type StopSignal, stopSignals } from "../core/exit-code.ts";
import type { HookCall } from "../core/services.ts";
import { installSignalHandlers } from "../host/process/signals.ts";
import { lazySpawner } from "../host/process/lazy-spawner.ts";
import { exitCodeOf } from "../run/execute.ts";
import type { Io } from "./io.ts";
import { type HookShow, runHookCall } from "./run-hook-call.ts";

interface Around {
  readonly home: string;
  /** Where the user stands, absolute. */
  readonly cwd: string;
  readonly io: Io;
  readonly cores: number | undefined;
  readonly show: HookShow;
}

/** Runs a hook; a signal stops it, and all that it started with it. */
export async function superviseHook(call: HookCall, around: Around): Promise<ExitCode> {
  let graceMs = 2000;
  const spawner = lazySpawner(() => ({ graceMs }));
  const stop = new AbortController();
  let stoppedBy: StopSignal | undefined;
  const dispose = installSignalHandlers(spawner, {
    onStop(signal) {
      stoppedBy ??= signal;
      stop.abort(signal);
    },
  });
  let outcomes: readonly Outcome[];
  try {
    const onConfig = ({ run }: Config): void => {
      graceMs = run.grace * 1000;
    };
    outcomes = await runHookCall(call, { ...around, spawner, signal: stop.signal, onConfig });
  } finally {
    await spawner.close();
    dispose();
  }
  return stoppedBy === undefined ? exitCodeOf(outcomes) : stopSignals[stoppedBy];
}
