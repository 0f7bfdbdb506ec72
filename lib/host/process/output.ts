import { closeSync } from "node:fs";
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
  /** Stops reading; `ended` resolves. */
  cancel(): Promise<void>;
}

/** How long a stream that cannot be asked must be silent to count as idle, in milliseconds. */
const silence = 100;

/** The read end of a pipe of our own, which is closed when it ended. */
export function readPipe(fd: number, libc: Libc, receive: (bytes: Uint8Array) => void): Output {
  const output = readStream(Bun.file(fd).stream(), receive);
  let open = true;
  const close = () => {
    if (open) {
      closeSync(fd);
    }
    open = false;
  };
  output.ended.then(close, close);
  return { ...output, isIdle: () => !open || !libc.hasBytes(fd) };
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
    cancel: async () => end(resolve),
  };
}
