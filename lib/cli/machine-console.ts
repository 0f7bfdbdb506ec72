import { connect } from "node:net";
import { ProblemError } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { Io } from "./io.ts";

/** Ctrl-]: what telnet and `virsh console` take, too. */
const leave = 0x1d;

/** The console of a machine on this terminal, until Ctrl-] or the machine's end. */
export async function attachConsole(socketPath: string, io: Io, signal: AbortSignal): Promise<TaskResult> {
  const socket = connect(socketPath);
  const { stdin, stdout } = process;
  const isTerminal = io.stdinIsTerminal;
  io.err("console: Ctrl-] leaves it, Enter shows a prompt\r\n");
  const ended = Promise.withResolvers<void>();
  const onKeys = (keys: Buffer): void => {
    const at = isTerminal ? keys.indexOf(leave) : -1;
    socket.write(at < 0 ? keys : keys.subarray(0, at));
    if (at >= 0) {
      ended.resolve();
    }
  };
  let failure: Error | undefined;
  socket.on("data", (bytes) => stdout.write(bytes));
  socket.on("error", (error) => {
    failure = error;
    ended.resolve();
  });
  socket.on("close", () => ended.resolve());
  signal.addEventListener("abort", () => ended.resolve(), { once: true });
  stdin.on("data", onKeys);
  if (isTerminal) {
    stdin.setRawMode(true);
  }
  stdin.resume();
  try {
    await ended.promise;
  } finally {
    if (isTerminal) {
      stdin.setRawMode(false);
    }
    stdin.off("data", onKeys);
    stdin.pause();
    socket.destroy();
  }
  if (failure !== undefined) {
    throw new ProblemError({
      kind: "refused",
      what: `the console does not answer: ${failure.message}`,
      hint: "`k vm:status` tells more",
    });
  }
  return { status: "passed" };
}
