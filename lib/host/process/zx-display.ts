import type { LogEntry } from "zx/core";
import { textDecoder, type TextOf } from "./output-text.ts";
import type { OutputStream } from "./request.ts";

type Decoders = Readonly<Record<OutputStream, TextOf>>;

/**
 * What zx would print itself, for the task's log. zx decides what is to be seen: nothing of a quiet process, nothing of what is
 * piped into another. Behind the end it would add a line end to output that has none; that is not the process's output.
 */
export function zxLog(onOutput: (stream: OutputStream, text: string) => void): (entry: LogEntry) => void {
  const open = new Map<string, Decoders>();
  const show = (stream: OutputStream, text: string) => {
    if (text !== "") {
      onOutput(stream, text);
    }
  };
  return (entry) => {
    switch (entry.kind) {
      case "cmd":
        open.set(entry.id, { stdout: textDecoder(), stderr: textDecoder() });
        break;
      case "stdout":
      case "stderr": {
        const text = open.get(entry.id)?.[entry.kind](entry.data);
        if (entry.verbose && text !== undefined) {
          show(entry.kind, text);
        }
        break;
      }
      case "end": {
        const decoders = open.get(entry.id);
        open.delete(entry.id);
        if (entry.verbose && decoders !== undefined) {
          show("stdout", decoders.stdout.end());
          show("stderr", decoders.stderr.end());
        }
        break;
      }
    }
  };
}
