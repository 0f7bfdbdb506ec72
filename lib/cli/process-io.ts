import { fstatSync, statSync, writeSync } from "node:fs";
import type { Io } from "./io.ts";

/** The real process. Nothing else in `k` reads it. Its streams cost Bun ten milliseconds each to make, so they are made when used. */
export function processIo(): Io {
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: () => process.cwd(),
    get stdoutIsTerminal() {
      return mayBeTerminal(1) && process.stdout.isTTY === true;
    },
    get stdinIsTerminal() {
      return mayBeTerminal(0) && process.stdin.isTTY === true;
    },
    columns: () => process.stdout.columns ?? (Number(process.env["COLUMNS"]) || 80),
    rows: () => process.stdout.rows ?? (Number(process.env["LINES"]) || 24),
    onResize(callback) {
      process.stdout.on("resize", callback);
      return () => void process.stdout.off("resize", callback);
    },
    out: (text) => void quiet(process.stdout).write(text),
    err: writeError,
    async ask(question) {
      writeError(question);
      for await (const line of console) {
        return line;
      }
      return undefined;
    },
  };
}

/** False where a look at the descriptor is enough to say that it is none: a file, a pipe, `/dev/null`. */
function mayBeTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && stats.rdev !== statSync("/dev/null").rdev;
  } catch {
    return false;
  }
}

const quieted = new WeakSet<NodeJS.WriteStream>();

/** A reader that went away (`k list | head -1`) is no error of ours: what is left to say has nobody to hear it. */
function quiet(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (!quieted.has(stream)) {
    quieted.add(stream);
    stream.on("error", () => {});
  }
  return stream;
}

/** Straight to the descriptor; what a pipe that is full does not take goes through the stream, which waits. */
function writeError(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) {
      written += writeSync(2, bytes, written);
    }
  } catch {
    quiet(process.stderr).write(bytes.subarray(written));
  }
}
