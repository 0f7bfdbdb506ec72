import { createWriteStream, type WriteStream } from "node:fs";
import type { Options, ProcessPromise, Shell } from "zx/core";
import { asChildProcess } from "./zx-child.ts";
import { isTemplate, type ShellParts } from "./zx-options.ts";
import { type SpawnHow, ZxProcess } from "./zx-process.ts";

type PipeMethod = (target: never, ...values: unknown[]) => unknown;

/** What takes a process's output as a value, which must be the same with and without a terminal. */
const takesOutput = ["text", "lines", "json", "buffer", "blob", "quiet"] as const;

const commands = new WeakMap<object, ShellCommand>();

/**
 * One command of `$`. Where a terminal is on offer, zx is asked to hold the command back until the statement that made it is through:
 * if that takes its output as a value (`.text()`, `.lines()`, a pipe …), the command gets plain pipes.
 */
export class ShellCommand {
  readonly options: Partial<Options>;
  readonly #process: ZxProcess;
  readonly #waits: boolean;

  constructor(parts: ShellParts, given: Partial<Options>) {
    const offersTerminal = parts.options.terminal !== undefined && given.quiet !== true;
    this.#process = new ZxProcess(parts, offersTerminal);
    this.#waits = offersTerminal && given.halt !== true;
    this.options = {
      spawn: ((command: string, _: unknown, how: SpawnHow) =>
        asChildProcess(this.#process.start(command, how))) as unknown as Options["spawn"],
      ...(given.store === undefined ? { store: this.#process.store } : {}),
      ...(this.#waits ? { halt: true } : {}),
    };
  }

  /** Gives zx's promise what this layer adds to it. */
  take(promise: ProcessPromise, shell: (more: Partial<Options>) => Shell): ProcessPromise {
    commands.set(promise, this);
    this.#watchUse(promise);
    this.#pipeOurWay(promise, shell);
    this.#killOurWay(promise);
    if (this.#waits) {
      queueMicrotask(() => this.#startNow(promise));
    }
    return promise;
  }

  #startNow(promise: ProcessPromise): void {
    if (this.#waits && promise.isHalted()) {
      promise.run();
    }
  }

  #watchUse(promise: ProcessPromise): void {
    for (const name of takesOutput) {
      this.#before(promise, name, () => this.#process.wantsNoTerminal());
    }
    for (const name of ["stdout", "stderr", Symbol.asyncIterator] as const) {
      this.#before(promise, name, () => {
        this.#process.wantsNoTerminal();
        this.#startNow(promise);
      });
    }
    for (const name of ["pid", "child", "stdin", "abort"] as const) {
      this.#before(promise, name, () => this.#startNow(promise));
    }
  }

  /** Runs `first` whenever this property is looked up, then hands out what zx has there. */
  #before(promise: ProcessPromise, name: string | symbol, first: () => void): void {
    const get = () => {
      first();
      return ofZx(promise, name);
    };
    Object.defineProperty(promise, name, { get, configurable: true });
  }

  /** zx would start what stands behind .pipe`…` with its own defaults, and so outside of the spawner. */
  #pipeOurWay(promise: ProcessPromise, shell: (more: Partial<Options>) => Shell): void {
    const ours =
      (method: PipeMethod) =>
      (target: unknown, ...values: unknown[]) => {
        const next = pipeTarget(target, () =>
          shell({ halt: true, signal: promise.signal })(target as TemplateStringsArray, ...values)
        );
        const command = typeof next === "object" && next !== null ? commands.get(next) : undefined;
        if (command !== undefined) {
          command.#process.wantsNoTerminal();
        }
        return method(next as never);
      };
    const get = () => {
      this.#process.wantsNoTerminal();
      this.#startNow(promise);
      const zx = ofZx(promise, "pipe") as PipeMethod & Record<"stdout" | "stderr" | "stdall", PipeMethod>;
      return Object.assign(ours(zx), { stdout: ours(zx.stdout), stderr: ours(zx.stderr), stdall: ours(zx.stdall) });
    };
    Object.defineProperty(promise, "pipe", { get, configurable: true });
  }

  /** zx's own kill asks `ps` for the tree and sends one signal; its errors for a wrong moment are kept. */
  #killOurWay(promise: ProcessPromise): void {
    const kill = async (signal?: NodeJS.Signals | null): Promise<void> => {
      this.#startNow(promise);
      if (promise.output === null && this.#process.kill(signal ?? "SIGTERM")) {
        return;
      }
      await (ofZx(promise, "kill") as (signal?: NodeJS.Signals | null) => Promise<void>).call(promise, signal);
    };
    Object.defineProperty(promise, "kill", { value: kill, configurable: true });
  }
}

function pipeTarget(target: unknown, run: () => unknown): unknown {
  if (isTemplate(target)) {
    return run();
  }
  return typeof target === "string" ? fileThatFinishes(target) : target;
}

/** zx takes a stream for done when its source ended; a file is done when it is written, which is later. */
function fileThatFinishes(path: string): WriteStream {
  const file = createWriteStream(path);
  const emit = file.emit.bind(file) as (event: string | symbol, ...values: unknown[]) => boolean;
  const isSourceEnd = (event: string | symbol) => typeof event === "symbol" && event.description === "end-piped-from";
  file.emit = (event: string | symbol, ...values: unknown[]) => !isSourceEnd(event) && emit(event, ...values);
  return file;
}

/** A property of zx's promise behind our own. */
function ofZx(promise: ProcessPromise, name: string | symbol): unknown {
  return Reflect.get(Object.getPrototypeOf(promise) as object, name, promise);
}
