import type { StopSignal } from "../core/exit-code.ts";
import type { Keyboard } from "../picker/pick.ts";
import type { Io } from "./io.ts";

export interface OwnKeyboard extends Keyboard {
  /** The signal that ended it, if one did. */
  readonly stoppedBy: StopSignal | undefined;
}

/** The keys of this process's terminal, one by one while somebody listens; a signal ends it as the end of input does. */
export function ownKeyboard(io: Pick<Io, "err" | "columns" | "rows" | "onResize">): OwnKeyboard {
  let stoppedBy: StopSignal | undefined;
  return {
    get stoppedBy() {
      return stoppedBy;
    },
    write: io.err,
    columns: io.columns,
    rows: io.rows,
    onResize: io.onResize,
    onInput(callback) {
      const { stdin } = process;
      // A character may come in two pieces.
      const decoder = new TextDecoder();
      const onData = (bytes: Uint8Array): void => callback(decoder.decode(bytes, { stream: true }));
      const onEnd = (): void => callback(undefined);
      const signals = (["SIGHUP", "SIGINT", "SIGTERM"] as const).map((signal) => {
        const stop = (): void => {
          stoppedBy ??= signal;
          callback(undefined);
        };
        process.on(signal, stop);
        return () => void process.off(signal, stop);
      });
      stdin.setRawMode(true);
      stdin.on("data", onData).on("end", onEnd).on("error", onEnd);
      stdin.resume();
      return () => {
        for (const off of signals) {
          off();
        }
        stdin.off("data", onData).off("end", onEnd).off("error", onEnd);
        stdin.setRawMode(false);
        stdin.pause();
      };
    },
  };
}
