import { createConnection, type Socket } from "node:net";

export interface QmpEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** QEMU refused a command; `message` is what it said. */
export class QmpError extends Error {}

type Message = Readonly<{
  QMP?: unknown;
  return?: unknown;
  error?: { readonly desc?: string };
  event?: string;
  data?: Readonly<Record<string, unknown>>;
  id?: number;
}>;

/**
 * A conversation with a running QEMU over its QMP socket (one client at a time). Source:
 * <https://www.qemu.org/docs/master/interop/qmp-spec.html>.
 */
export class Qmp implements Disposable {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #listeners = new Set<(event: QmpEvent) => void>();
  readonly #greeted = Promise.withResolvers<void>();
  /** Resolves when QEMU is gone, or the socket is closed. */
  readonly closed: Promise<void>;
  #next = 1;
  #left = "";

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => this.#read(text));
    this.closed = new Promise((resolve) => {
      socket.on("close", () => {
        this.#fail(new QmpError("QEMU closed the connection"));
        resolve();
      });
    });
    socket.on("error", (error) => this.#fail(new QmpError(`the connection to QEMU broke: ${error.message}`)));
  }

  /** Rejects where nobody listens, or where QEMU does not greet within the time (in ms): another client has it. */
  static async connect(path: string, timeoutMs = 3000): Promise<Qmp> {
    const socket = createConnection(path);
    const qmp = new Qmp(socket);
    const timer = setTimeout(() => {
      qmp.#fail(new QmpError(`QEMU does not greet on ${path}: another program talks to it`));
      socket.destroy();
    }, timeoutMs);
    try {
      await qmp.#greeted.promise;
      await qmp.execute("qmp_capabilities");
      return qmp;
    } catch (error) {
      socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Rejects with a `QmpError` where QEMU refuses, or goes away. */
  execute(command: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> {
    if (this.#socket.destroyed) {
      return Promise.reject(new QmpError("the connection to QEMU is closed"));
    }
    const id = this.#next++;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    this.#socket.write(
      `${JSON.stringify({ execute: command, id, ...(args === undefined ? {} : { arguments: args }) })}\n`
    );
    return waiting.promise;
  }

  /** A command of QEMU's human monitor; resolves with what it prints. */
  async monitor(line: string): Promise<string> {
    return String(await this.execute("human-monitor-command", { "command-line": line }));
  }

  /** Returns what ends it. */
  on(listener: (event: QmpEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #read(text: string): void {
    const lines = (this.#left + text).split("\n");
    this.#left = lines.pop() ?? "";
    for (const line of lines) {
      if (line.trim() !== "") {
        this.#take(JSON.parse(line) as Message);
      }
    }
  }

  #take(message: Message): void {
    if (message.QMP !== undefined) {
      this.#greeted.resolve();
    } else if (message.event !== undefined) {
      for (const listener of this.#listeners) {
        listener({ event: message.event, data: message.data ?? {} });
      }
    } else if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error === undefined) {
        waiting?.resolve(message.return);
      } else {
        waiting?.reject(new QmpError(message.error.desc ?? "QEMU gave no reason"));
      }
    }
  }

  #fail(error: Error): void {
    this.#greeted.reject(error);
    this.#greeted.promise.catch(() => undefined);
    for (const waiting of this.#waiting.values()) {
      waiting.reject(error);
    }
    this.#waiting.clear();
  }
}
