import { ProblemError } from "../../core/problem.ts";
import type { OutputStream, SpawnRequest } from "./request.ts";
import { type StdioKind, ZxChild } from "./zx-child.ts";
import type { ShellParts } from "./zx-options.ts";

/** What zx hands to `spawn`. */
export interface SpawnHow {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly shell: string | true;
  readonly stdio: unknown;
  readonly signal?: AbortSignal;
}

type Stdio = readonly [StdioKind, StdioKind, StdioKind];

/** The process behind one command of `$`. */
export class ZxProcess {
  /** Where zx collects the output. */
  readonly store = { stdout: [] as Buffer[], stderr: [] as Buffer[], stdall: [] as Buffer[] };
  readonly #parts: ShellParts;
  #wantsTerminal: boolean;
  #child: ZxChild | undefined;

  constructor(parts: ShellParts, wantsTerminal: boolean) {
    this.#parts = parts;
    this.#wantsTerminal = wantsTerminal;
  }

  wantsNoTerminal(): void {
    this.#wantsTerminal = false;
  }

  /** False where there is no process to kill. */
  kill(signal: NodeJS.Signals): boolean {
    return this.#child?.kill(signal) === true;
  }

  start(command: string, how: SpawnHow): ZxChild {
    const stdio = parseStdio(how.stdio);
    const child = new ZxChild(stdio);
    this.#child = child;
    const request = this.#request(command, how, stdio, child);
    child.follow(this.#parts.spawner.start(request), () => {
      if (request.terminal !== undefined) {
        this.#stripStore();
      }
    });
    // zx sends nothing itself when a process is aborted
    if (how.signal?.aborted === true) {
      child.kill();
    }
    how.signal?.addEventListener("abort", () => child.kill(), { once: true });
    return child;
  }

  #request(command: string, how: SpawnHow, stdio: Stdio, child: ZxChild): SpawnRequest {
    const { options } = this.#parts;
    const [stdin, stdout, stderr] = stdio;
    const shell = how.shell === true ? this.#parts.bash() : how.shell;
    const inTerminal = this.#wantsTerminal && stdin !== "inherit" && stdout === "pipe" && stderr === "pipe";
    const isForeground = options.foreground === true && stdio.every((kind) => kind === "inherit");
    const show = (stream: OutputStream, text: string) => {
      if (inTerminal) {
        child.receive(stream, Buffer.from(text));
      } else if ({ stdout, stderr }[stream] === "inherit") {
        options.onOutput(stream, text);
      }
    };
    return {
      argv: [shell, "-c", command],
      cwd: how.cwd,
      env: how.env,
      signal: options.signal,
      capture: false,
      ...(stdin === "ignore" ? {} : { stdin }),
      ...(inTerminal && options.terminal !== undefined ? { terminal: options.terminal } : {}),
      ...(isForeground ? { foreground: true } : {}),
      ...(stdout === "inherit" || stderr === "inherit" || inTerminal ? { onOutput: show } : {}),
      ...(inTerminal ? {} : { onBytes: (stream: OutputStream, bytes: Uint8Array) => child.receive(stream, bytes) }),
    };
  }

  /** What a task reads of a process must not depend on whether it ran in a terminal: colours were for the eye. */
  #stripStore(): void {
    for (const chunks of Object.values(this.store)) {
      const text = Buffer.concat(chunks.splice(0)).toString();
      if (text !== "") {
        chunks.push(Buffer.from(Bun.stripANSI(text)));
      }
    }
  }
}

function parseStdio(stdio: unknown): Stdio {
  const [stdin, stdout, stderr] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
  return [parseKind(stdin), parseKind(stdout), parseKind(stderr)];
}

function parseKind(kind: unknown): StdioKind {
  if (kind === undefined || kind === null || kind === "pipe" || kind === "overlapped") {
    return "pipe";
  }
  if (kind === "ignore" || kind === "inherit") {
    return kind;
  }
  throw new ProblemError({
    kind: "wrong-use",
    message: "`stdio` of `$` takes pipe, ignore and inherit",
    hint: "hand a stream to .pipe() instead",
  });
}
