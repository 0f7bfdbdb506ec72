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
 * The first INT, TERM or HUP stops all processes, giving them the spawner's grace time; a second one kills them. While a process owns
 * the terminal, a Ctrl-C or Ctrl-\ is its own affair. Returns what takes the handlers away again.
 */
export function installSignalHandlers(spawner: Spawner, options: SignalOptions): () => void {
  const stop = stopper(spawner, options);
  const onQuit = () => {
    if (spawner.isForeground()) return;
    dispose();
    process.kill(process.pid, "SIGQUIT");
  };
  const onOutputError = () => {};
  const names = Object.keys(stopSignals) as StopSignal[];
  for (const name of names) process.on(name, stop);
  process.on("SIGQUIT", onQuit);
  for (const stream of options.output ?? []) stream.on("error", onOutputError);
  const dispose = () => {
    for (const name of names) process.off(name, stop);
    process.off("SIGQUIT", onQuit);
    for (const stream of options.output ?? []) stream.off("error", onOutputError);
  };
  return dispose;
}

function stopper(spawner: Spawner, { onStop, onKill }: SignalOptions): (signal: NodeJS.Signals) => void {
  let last: { readonly signal: string; readonly at: number } | undefined;
  return (name) => {
    const signal = name as StopSignal;
    if (signal === "SIGINT" && spawner.isForeground()) return;
    const at = performance.now();
    const isEcho = last?.signal === signal && at - last.at < samePress;
    const isFirst = last === undefined;
    last = { signal, at };
    if (isEcho) return;
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
