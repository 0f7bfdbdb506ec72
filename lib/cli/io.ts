import { inCi } from "../config/in-ci.ts";
import type { Terminal } from "../core/event.ts";

/** What `k` needs of its process; handed in, so that all else can be tested without one. */
export interface Io {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. Throws where the folder is gone. */
  cwd(): string;
  readonly stdoutIsTerminal: boolean;
  readonly stdinIsTerminal: boolean;
  columns(): number;
  rows(): number;
  /** Calls back when the window has a new size; returns what ends that. */
  onResize(callback: () => void): () => void;
  out(text: string): void;
  err(text: string): void;
  /** One line from the user; `undefined` at the end of input. */
  ask(question: string): Promise<string | undefined>;
}

/** What decides about colour: flags first, then the variables that terminals and people set. */
export interface ColourWishes {
  readonly color: boolean | undefined;
  readonly noColor: boolean | undefined;
}

/** <https://no-color.org>: any value that is not empty turns colour off; `FORCE_COLOR` turns it on but for `0`. */
export function wantsColour(io: Pick<Io, "env" | "stdoutIsTerminal">, wishes: ColourWishes): boolean {
  const { env } = io;
  if (wishes.noColor === true) {
    return false;
  }
  if (wishes.color === true) {
    return true;
  }
  if ((env["NO_COLOR"] ?? "") !== "") {
    return false;
  }
  if ((env["FORCE_COLOR"] ?? "") !== "") {
    return env["FORCE_COLOR"] !== "0";
  }
  return io.stdoutIsTerminal && env["TERM"] !== "dumb";
}

/** Rows that move need a terminal that can move them, and nobody's log behind it. */
export function isLive(io: Pick<Io, "env" | "stdoutIsTerminal">): boolean {
  const { env } = io;
  return io.stdoutIsTerminal && env["TERM"] !== "dumb" && env["TERM"] !== undefined && !inCi(env);
}

export function terminalOf(io: Io, wishes: ColourWishes): Terminal {
  return {
    out: io.out,
    err: io.err,
    colour: wantsColour(io, wishes),
    live: isLive(io),
    columns: io.columns,
    rows: io.rows,
  };
}
