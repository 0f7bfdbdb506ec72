import type { Io } from "./io.ts";

/** The real process. Nothing else in `k` reads it. The streams of node cost Bun up to ten milliseconds each to make, so none is made. */
export function processIo(): Io {
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: () => process.cwd(),
    get stdoutIsTerminal() {
      return isTerminal(1);
    },
    get stdinIsTerminal() {
      return isTerminal(0);
    },
    columns: () => terminalSize()[0] || Number(process.env["COLUMNS"]) || 80,
    rows: () => terminalSize()[1] || Number(process.env["LINES"]) || 24,
    onResize(callback) {
      process.on("SIGWINCH", callback);
      return () => void process.off("SIGWINCH", callback);
    },
    out: writeOutput,
    err: writeError,
    async ask(question) {
      writeError(question);
      const { createInterface } = await import("node:readline");
      // Not `console`'s lines: Bun refuses them once the picker has read a key.
      const lines = createInterface({ input: process.stdin, terminal: false });
      return new Promise((resolve) => {
        lines.once("line", resolve).once("close", () => resolve(undefined));
      }).finally(() => {
        lines.close();
        process.stdin.pause();
      }) as Promise<string | undefined>;
    },
  };
}

/** What node's own streams ask about terminals, without `node:tty`, which brings all of its streams along. */
interface TerminalBinding {
  isTTY(descriptor: number): boolean;
  readonly TTY: new (descriptor: number) => { getWindowSize(size: [number, number]): unknown };
}

function terminals(): TerminalBinding {
  return (process as unknown as { binding(name: "tty_wrap"): TerminalBinding }).binding("tty_wrap");
}

function isTerminal(descriptor: number): boolean {
  return terminals().isTTY(descriptor);
}

/** Columns and rows of the terminal that stdout is; zeros where it is none. */
function terminalSize(): readonly [number, number] {
  const size: [number, number] = [0, 0];
  if (isTerminal(1)) {
    const { TTY } = terminals();
    new TTY(1).getWindowSize(size);
  }
  return size;
}

let output: Bun.FileSink | undefined;

/** Does not wait for a reader that is slow: what it does not take at once is written when it does, and before `k` ends. */
function writeOutput(text: string): void {
  output ??= Bun.stdout.writer();
  ignoreGone(() => output?.write(text));
  ignoreGone(() => output?.flush());
}

let errorOutput: Bun.FileSink | undefined;

/** Straight to the descriptor; what a pipe that is full does not take, and all after it, waits until it does. */
function writeError(text: string): void {
  const bytes = Buffer.from(text);
  const left = errorOutput === undefined ? writeWhatFits(bytes) : bytes;
  if (left.length > 0) {
    errorOutput ??= Bun.stderr.writer();
    ignoreGone(() => errorOutput?.write(left));
    ignoreGone(() => errorOutput?.flush());
  }
}

/** Returns what is left. */
function writeWhatFits(bytes: Uint8Array): Uint8Array {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- most starts say nothing here
  const { writeSync } = require("node:fs") as typeof import("node:fs");
  let written = 0;
  try {
    while (written < bytes.length) {
      written += writeSync(2, bytes, written);
    }
  } catch {
    // full, or gone
  }
  return bytes.subarray(written);
}

/** A reader that went away (`k list | head -1`) is no error of ours: what is left to say has nobody to hear it. */
function ignoreGone(write: () => unknown): void {
  try {
    const done = write();
    if (done instanceof Promise) {
      done.catch(() => {});
    }
  } catch {
    // gone
  }
}
