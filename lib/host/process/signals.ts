import { readFileSync } from "node:fs";
import { stopSignals, type StopSignal } from "../../core/exit-code.ts";
import type { Spawner } from "./spawner.ts";

export interface SignalOptions {
  /** The first signal came: everything is being stopped. Not called again. */
  readonly onStop: (signal: StopSignal) => void;
  /** Another one came: nothing is waited for any more. */
  readonly onKill?: (signal: StopSignal) => void;
  /** Streams that go to the terminal: what they cannot print any more, once its window is closed, is no error. */
  readonly output?: readonly NodeJS.EventEmitter[];
}

/** One press of Ctrl-C may arrive twice within this time, in milliseconds: `bun run` and `npm` hand on what the terminal sent already. */
const samePress = 50;

/**
 * The first INT, TERM or HUP stops all processes, giving them the spawner's grace time; a second one kills them. Under `nohup`, a
 * HUP is none. While a process owns the terminal, a Ctrl-C or Ctrl-\ is its own affair. Returns what takes the handlers away.
 */
export function installSignalHandlers(spawner: Spawner, options: SignalOptions): () => void {
  const stop = stopper(spawner, options);
  const onQuit = () => {
    if (spawner.isForeground()) {
      return;
    }
    dispose();
    process.kill(process.pid, "SIGQUIT");
  };
  const onOutputError = () => {};
  const names = (Object.keys(stopSignals) as StopSignal[]).filter((name) => name !== "SIGHUP" || !ignoresHangup());
  for (const name of names) {
    process.on(name, stop);
  }
  process.on("SIGQUIT", onQuit);
  for (const stream of options.output ?? []) {
    stream.on("error", onOutputError);
  }
  const dispose = () => {
    for (const name of names) {
      process.off(name, stop);
    }
    process.off("SIGQUIT", onQuit);
    for (const stream of options.output ?? []) {
      stream.off("error", onOutputError);
    }
  };
  return dispose;
}

/** True where `nohup` started this process: it is to outlive its terminal. Only Linux can tell. */
function ignoresHangup(): boolean {
  try {
    const ignored = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "latin1"))?.[1] ?? "0";
    // one bit for each signal, and a hangup is the first
    return (Number.parseInt(ignored.at(-1) ?? "0", 16) & 1) === 1;
  } catch {
    return false;
  }
}

function stopper(spawner: Spawner, { onStop, onKill }: SignalOptions): (signal: NodeJS.Signals) => void {
  let last: { readonly signal: string; readonly at: number } | undefined;
  return (name) => {
    const signal = name as StopSignal;
    if (signal === "SIGINT" && spawner.isForeground()) {
      return;
    }
    const at = performance.now();
    if (last?.signal === signal && at - last.at < samePress) {
      return;
    }
    const isFirst = last === undefined;
    last = { signal, at };
    if (isFirst) {
      // before the caller hears of it: what it aborts in turn is then being ended already
      void spawner.stopAll();
      onStop(signal);
    } else {
      onKill?.(signal);
      spawner.killAll();
    }
  };
}
