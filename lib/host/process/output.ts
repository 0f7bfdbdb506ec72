import { closeSync, readSync } from "node:fs";
import type { Libc } from "./libc.ts";

/** What a process prints on one stream. It is read as fast as it comes: nobody waits for a slow reader. */
export interface Output {
  /** Resolves at the end of the stream: nobody holds its other end any more. Rejects where a receiver threw. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** When bytes last arrived, by `performance.now()`. */
  lastAt(): number;
  /** True where all that was written so far has arrived, as far as one can tell. */
  isIdle(): boolean;
  /** To be called when the process itself is over: all that it printed can be read by then. */
  exited(): void;
  /** Stops reading; `ended` resolves. */
  cancel(): Promise<void>;
}

/** How long a stream that cannot be asked must be silent to count as idle, in milliseconds. */
const silence = 100;

/** The read end of a pipe of our own, which is closed when it ended. */
export function readPipe(fd: number, libc: Libc, receive: (bytes: Uint8Array) => void): Output {
  return new PipeOutput(fd, libc, receive);
}

/** What is over so soon is read at its end, in milliseconds. To wait for it as a stream costs more than most such processes do. */
const shortLife = 10;
/** How much a pipe holds where nobody made it larger, in bytes. */
const pipeSize = 65_536;

class PipeOutput implements Output {
  readonly ended: Promise<void>;
  readonly #fd: number;
  readonly #libc: Libc;
  readonly #receive: (bytes: Uint8Array) => void;
  readonly #resolve: () => void;
  readonly #reject: (error: unknown) => void;
  readonly #timer: ReturnType<typeof setTimeout>;
  #stream: Output | undefined;
  #lastAt = performance.now();
  #over = false;

  constructor(fd: number, libc: Libc, receive: (bytes: Uint8Array) => void) {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#fd = fd;
    this.#libc = libc;
    this.#receive = receive;
    this.#timer = setTimeout(() => this.#open(), shortLife);
  }

  hasEnded(): boolean {
    return this.#over;
  }

  lastAt(): number {
    return Math.max(this.#lastAt, this.#stream?.lastAt() ?? 0);
  }

  isIdle(): boolean {
    return this.#over || this.#libc.pipeState(this.#fd) !== "bytes";
  }

  exited(): void {
    if (this.#stream !== undefined || this.#over) {
      return;
    }
    try {
      for (let state = this.#libc.pipeState(this.#fd); state !== "open"; state = this.#libc.pipeState(this.#fd)) {
        const bytes = new Uint8Array(state === "bytes" ? pipeSize : 0);
        const length = bytes.length === 0 ? 0 : readSync(this.#fd, bytes);
        if (length === 0) {
          this.#end(this.#resolve);
          return;
        }
        this.#lastAt = performance.now();
        this.#receive(bytes.subarray(0, length));
      }
    } catch (error) {
      this.#end(() => this.#reject(error));
      return;
    }
    // What it started has its output still.
    this.#open();
  }

  async cancel(): Promise<void> {
    if (this.#stream === undefined) {
      this.#end(this.#resolve);
    }
    await this.#stream?.cancel();
  }

  #open(): void {
    if (this.#stream !== undefined || this.#over) {
      return;
    }
    clearTimeout(this.#timer);
    this.#stream = readStream(Bun.file(this.#fd).stream(), this.#receive);
    this.#stream.ended.then(
      () => this.#end(this.#resolve),
      (error: unknown) => this.#end(() => this.#reject(error))
    );
  }

  #end(settle: () => void): void {
    if (this.#over) {
      return;
    }
    this.#over = true;
    clearTimeout(this.#timer);
    closeSync(this.#fd);
    settle();
  }
}

export function readStream(stream: ReadableStream<Uint8Array>, receive: (bytes: Uint8Array) => void): Output {
  const reader = stream.getReader();
  let lastAt = performance.now();
  let over = false;
  const pump = async () => {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          return;
        }
        lastAt = performance.now();
        receive(value);
      }
    } catch (error) {
      await reader.cancel().catch(() => {});
      throw error;
    } finally {
      over = true;
    }
  };
  return {
    ended: pump(),
    hasEnded: () => over,
    lastAt: () => lastAt,
    isIdle: () => over || performance.now() - lastAt > silence,
    exited: () => {},
    cancel: () => reader.cancel().catch(() => {}),
  };
}

/** The output of a terminal that a process will be started in. */
export interface TerminalOutput extends Output {
  /** For `Bun.spawn`. */
  readonly handlers: Pick<Bun.TerminalOptions, "data" | "exit">;
}

export function readTerminal(receive: (bytes: Uint8Array) => void): TerminalOutput {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let lastAt = performance.now();
  let over = false;
  const end = (finish: () => void) => {
    over = true;
    finish();
  };
  const data = (_terminal: Bun.Terminal, bytes: Uint8Array<ArrayBuffer>) => {
    lastAt = performance.now();
    try {
      if (!over) {
        receive(bytes);
      }
    } catch (error) {
      end(() => reject(error));
    }
  };
  return {
    // Linux ends a terminal with an error (EIO) once its last user is gone: both ways are the end
    handlers: { data, exit: () => end(resolve) },
    ended: promise,
    hasEnded: () => over,
    lastAt: () => lastAt,
    isIdle: () => over || performance.now() - lastAt > silence,
    exited: () => {},
    cancel: async () => end(resolve),
  };
}
