import type { Collector } from "./collect.ts";
import { endAll, type Patience, sendTo } from "./ending.ts";
import type { Launched } from "./launched.ts";
import type { Running, SpawnRequest, SpawnResult, TerminalSize } from "./request.ts";
import { drain, linger } from "./settle.ts";
import type { Root, Search } from "./strays.ts";
import { armStops, type StopCause } from "./stop-cause.ts";

/** The exit code of what even a KILL did not end, because it is another user's or hangs in the kernel. */
const unkillable = 137;

export interface Care {
  readonly mark: string | undefined;
  readonly patience: Patience;
  readonly collector: Collector;
}

/** One process, looked after from its start until nothing is left of it. */
export class Supervised implements Running {
  readonly root: Root;
  readonly result: Promise<SpawnResult>;
  readonly #launched: Launched;
  readonly #care: Care;
  readonly #search: Search;
  readonly #gaveUp = Promise.withResolvers<number>();
  readonly #ended: Promise<void>;
  #exited = false;
  #cause: StopCause | undefined;
  #ending: Promise<void> | undefined;
  #fault: { readonly error: unknown } | undefined;

  constructor(launched: Launched, request: SpawnRequest, care: Care) {
    this.#launched = launched;
    this.#care = care;
    const reach = request.daemon === true ? "process" : request.foreground === true ? "tree" : "group";
    this.root = { pid: launched.child.pid, reach, hasExited: () => this.#exited };
    this.#search = { roots: [this.root], marks: care.mark === undefined ? [] : [care.mark], orphans: false };
    this.#ended = this.#whenOutputsEnded();
    this.result = this.#live(armStops(request, (cause) => this.#end(cause)));
  }

  get pid(): number {
    return this.root.pid;
  }

  get input(): Running["input"] {
    return this.#launched.input;
  }

  stop(): void {
    this.#end("abort");
  }

  send(signal: NodeJS.Signals): void {
    sendTo(this.root, signal);
  }

  /** Everything is being ended, this process too; it is done when `ending` resolves. */
  endWith(ending: Promise<void>): void {
    if (this.#ending !== undefined) {
      return;
    }
    this.#cause = "abort";
    this.#ending = ending;
    void ending.then(() => this.#gaveUp.resolve(unkillable));
  }

  resize({ columns, rows }: TerminalSize): void {
    const { terminal } = this.#launched.child;
    if (terminal?.closed === false) {
      terminal.resize(columns, rows);
    }
  }

  #end(cause: StopCause): void {
    if (this.#ending !== undefined) {
      return;
    }
    this.endWith(endAll(this.#search, this.#care.patience));
    this.#cause = cause;
  }

  async #whenOutputsEnded(): Promise<void> {
    try {
      await Promise.all(this.#launched.outputs.map((output) => output.ended));
    } catch (error) {
      this.#fault = { error };
      this.#end("abort");
    }
  }

  async #live(disarm: () => void): Promise<SpawnResult> {
    const began = performance.now();
    const { child, outputs } = this.#launched;
    const exit = child.exited.then((code) => {
      this.#exited = true;
      for (const output of outputs) {
        output.exited();
      }
      return code;
    });
    const exitCode = await Promise.race([exit, this.#gaveUp.promise]);
    const durationMs = performance.now() - began;
    disarm();
    if (this.root.reach === "group") {
      await this.#endWhatIsLeft();
    }
    await this.#ending;
    await drain(outputs);
    const text = this.#care.collector.end();
    if (this.#fault !== undefined) {
      throw this.#fault.error;
    }
    const signal = child.signalCode === null ? {} : { signal: String(child.signalCode) };
    const stopped = { timedOut: this.#cause === "timeout", aborted: this.#cause === "abort" };
    return { exitCode, ...signal, ...text, ...stopped, durationMs };
  }

  async #endWhatIsLeft(): Promise<void> {
    const { outputs } = this.#launched;
    if (this.#ending !== undefined) {
      return;
    }
    const isLeft = await linger(this.root, outputs, this.#ended);
    // a stop may have come meanwhile
    if (isLeft && (this.#ending as Promise<void> | undefined) === undefined) {
      await endAll(this.#search, this.#care.patience);
    }
  }
}
