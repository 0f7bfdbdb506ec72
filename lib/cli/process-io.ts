import type { Io } from "./io.ts";

/** The real process. Nothing else in `k` reads it. */
export function processIo(): Io {
  // A reader that went away (`k list | head -1`) is no error of ours: what is left to say has nobody to hear it.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", () => {});
  }
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: () => process.cwd(),
    stdoutIsTerminal: process.stdout.isTTY === true,
    stdinIsTerminal: process.stdin.isTTY === true,
    columns: () => process.stdout.columns ?? (Number(process.env["COLUMNS"]) || 80),
    rows: () => process.stdout.rows ?? (Number(process.env["LINES"]) || 24),
    onResize(callback) {
      process.stdout.on("resize", callback);
      return () => void process.stdout.off("resize", callback);
    },
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    async ask(question) {
      process.stderr.write(question);
      for await (const line of console) {
        return line;
      }
      return undefined;
    },
  };
}
