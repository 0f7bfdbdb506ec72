import type { ChildProcess } from "node:child_process";
import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import type { OutputStream, Running, SpawnFailure, SpawnResult } from "./request.ts";

/** How zx's `stdio` option asks for one stream, as far as it makes sense here. */
export type StdioKind = "pipe" | "ignore" | "inherit";

/**
 * The part of node's ChildProcess that zx uses, over a process of our spawner. `close` comes when the process is settled and its
 * output read: unlike node's, it does not wait for whoever else holds the pipe.
 */
export class ZxChild extends EventEmitter {
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  pid: number | undefined;
  exitCode: number | null = null;
  signalCode: NodeJS.Signals | null = null;
  #running: Running | undefined;

  constructor(stdio: readonly [StdioKind, StdioKind, StdioKind]) {
    super();
    const output = (kind: StdioKind) => (kind === "pipe" ? new Readable({ read() {} }) : null);
    this.stdin = stdio[0] === "pipe" ? new Writable(writeTo(() => this.#running)) : null;
    this.stdout = output(stdio[1]);
    this.stderr = output(stdio[2]);
  }

  receive(stream: OutputStream, bytes: Uint8Array): void {
    const target = this[stream];
    if (target?.destroyed === false) {
      target.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    }
  }

  /** Called once, with what the spawner made of the request; `beforeClose` runs when all output has been read. */
  follow(started: Running | SpawnFailure, beforeClose: () => void = () => {}): void {
    if ("spawnError" in started) {
      const codes = {
        "not-found": "ENOENT",
        "no-folder": "ENOENT",
        "too-long": "E2BIG",
        "not-executable": "EACCES",
        failed: "EIO",
      };
      const error = Object.assign(new Error(started.message), { code: codes[started.spawnError] });
      queueMicrotask(() => void this.#close(error, beforeClose));
      return;
    }
    this.#running = started;
    this.pid = started.pid;
    started.result.then(
      (result) => this.#finish(result, beforeClose),
      (error: Error) => this.#close(error, beforeClose)
    );
  }

  kill(signal: NodeJS.Signals | number = "SIGTERM"): boolean {
    if (this.exitCode !== null || this.signalCode !== null || this.#running === undefined) {
      return false;
    }
    // as our kill elsewhere: a TERM is the beginning of an end, any other signal is only sent
    if (signal === "SIGTERM") {
      this.#running.stop();
    } else {
      this.#running.send(signal as NodeJS.Signals);
    }
    return true;
  }

  async #finish(result: SpawnResult, beforeClose: () => void): Promise<void> {
    if (result.signal === undefined) {
      this.exitCode = result.exitCode;
    } else {
      this.signalCode = result.signal as NodeJS.Signals;
    }
    const stopped = result.aborted && result.signal !== undefined;
    await this.#close(
      stopped && this.pid === undefined ? new Error("not started: everything is being stopped") : undefined,
      beforeClose
    );
  }

  async #close(error: Error | undefined, beforeClose: () => void): Promise<void> {
    if (error !== undefined) {
      this.emit("error", error);
    }
    this.emit("exit", this.exitCode, this.signalCode);
    this.stdin?.destroy();
    await Promise.all([this.stdout, this.stderr].map(endOf));
    beforeClose();
    this.emit("close", this.exitCode, this.signalCode);
  }
}

/** The same for zx, which asks for the type of node. */
export function asChildProcess(child: ZxChild): ChildProcess {
  return child as unknown as ChildProcess;
}

function writeTo(running: () => Running | undefined): ConstructorParameters<typeof Writable>[0] {
  return {
    write(chunk: Buffer, _encoding, done) {
      const input = running()?.input;
      if (input === undefined) {
        done();
      } else {
        input.write(chunk).then(() => done(), done);
      }
    },
    final(done) {
      const input = running()?.input;
      if (input === undefined) {
        done();
      } else {
        input.end().then(() => done(), done);
      }
    },
    destroy(_error, done) {
      void running()?.input?.end();
      done(null);
    },
  };
}

/** Resolves when all that was pushed has been read. */
function endOf(stream: Readable | null): Promise<void> {
  if (stream === null || stream.destroyed) {
    return Promise.resolve();
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.once("close", resolve);
  stream.push(null);
  return promise;
}
