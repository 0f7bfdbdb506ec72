import { createReadStream, existsSync } from "node:fs";
import type { TaskId } from "../core/task-id.ts";
import { logFiles } from "../ledger/place.ts";
import { printable } from "../render/printable.ts";

interface Out {
  print(text: string): void;
  readonly signal: AbortSignal;
  /** Set where a person reads it on a terminal: nothing may move the cursor there. */
  readonly plain: { readonly colour: boolean } | undefined;
}

/** The log of a task, piece by piece: it may be larger than memory. */
export async function printLog(run: string, id: TaskId, out: Out): Promise<void> {
  const { now, before } = logFiles(run, id);
  const paths = [before, now].filter((path) => existsSync(path));
  let line = "";
  for (const path of paths) {
    for await (const piece of createReadStream(path, { encoding: "utf8", highWaterMark: 256 * 1024 })) {
      if (out.signal.aborted || process.stdout.destroyed) {
        return;
      }
      if (out.plain === undefined) {
        out.print(String(piece));
      } else {
        // Whole lines, so that no control sequence is looked at in two halves.
        const text = line + String(piece);
        const end = text.lastIndexOf("\n") + 1;
        line = text.slice(end);
        out.print(printable(text.slice(0, end), out.plain.colour));
      }
      await room();
    }
  }
  if (out.plain !== undefined && line !== "") {
    out.print(`${printable(line, out.plain.colour)}\n`);
  }
}

/** Waits until a slow reader has taken what was printed. */
async function room(): Promise<void> {
  const { stdout } = process;
  if (stdout.writableNeedDrain) {
    await new Promise<void>((resolve) => {
      stdout.once("drain", resolve);
      stdout.once("close", resolve);
      stdout.once("error", () => resolve());
    });
  }
}
