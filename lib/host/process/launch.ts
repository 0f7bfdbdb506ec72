import { inputTo, inputToDescriptor } from "./input.ts";
import { launchInTerminal } from "./launch-terminal.ts";
import type { Env, Launched, Receive } from "./launched.ts";
import { loadLibc } from "./libc.ts";
import { type Output, readPipe, readStream } from "./output.ts";
import { Plumbing } from "./plumbing.ts";
import { explainFailure } from "./program.ts";
import type { InputPipe, OutputStream, SpawnFailure, SpawnRequest } from "./request.ts";

/** Starts one process with this environment; `receive` gets its output, or is left out where nobody wants it. */
export function launch(request: SpawnRequest, env: Env, receive: Receive | undefined): Launched | SpawnFailure {
  const plumbing = new Plumbing();
  try {
    if (request.foreground === true) {
      return launchInForeground(request, env);
    }
    if (request.terminal !== undefined) {
      return launchInTerminal(request, env, plumbing, receive);
    }
    return launchWithPipes(request, env, plumbing, receive);
  } catch (error) {
    plumbing.closeOurs();
    return explainFailure(request, error);
  } finally {
    plumbing.closeTheirs();
  }
}

function launchInForeground({ argv, cwd }: SpawnRequest, env: Env): Launched {
  const child = Bun.spawn([...argv], { cwd, env, stdin: "inherit", stdout: "inherit", stderr: "inherit" });
  return { child, outputs: [], input: undefined };
}

function launchWithPipes(request: SpawnRequest, env: Env, plumbing: Plumbing, receive: Receive | undefined): Launched {
  const { argv, cwd, stdin } = request;
  const inPipe = stdin === "pipe" ? plumbing.pipe("to child") : undefined;
  const open = () => (receive === undefined ? undefined : plumbing.pipe("from child"));
  const stdout = open();
  const isOne = request.oneStream === true && stdout !== undefined;
  const pipes = { stdout, stderr: isOne ? undefined : open() };
  const otherwise = receive === undefined ? "ignore" : "pipe";
  const child = Bun.spawn([...argv], {
    cwd,
    env,
    // a session of its own: it cannot ask on the terminal of `k`, and one signal reaches all of its group
    detached: true,
    stdin: inPipe?.theirs ?? stdinOf(stdin),
    stdout: pipes.stdout?.theirs ?? otherwise,
    stderr: (isOne ? stdout : pipes.stderr)?.theirs ?? otherwise,
  });
  const names = isOne ? (["stdout"] as const) : (["stdout", "stderr"] as const);
  const ours = { stdout: pipes.stdout?.ours, stderr: pipes.stderr?.ours };
  const outputs = receive === undefined ? [] : readAll(child, names, ours, receive);
  return { child, outputs, input: stdin === "pipe" ? inputOf(child, inPipe?.ours) : undefined };
}

function readAll(
  child: Bun.Subprocess,
  names: readonly OutputStream[],
  pipes: Readonly<Record<OutputStream, number | undefined>>,
  receive: Receive
): readonly Output[] {
  const libc = loadLibc();
  return names.map((name) => {
    const fd = pipes[name];
    const take = (bytes: Uint8Array) => receive(name, bytes);
    if (libc !== undefined && fd !== undefined) {
      return readPipe(fd, libc, take);
    }
    return readStream(child[name] as ReadableStream<Uint8Array>, take);
  });
}

function stdinOf(stdin: SpawnRequest["stdin"]): "ignore" | "inherit" | "pipe" | Uint8Array {
  if (stdin === "inherit" || stdin === "pipe") {
    return stdin;
  }
  if (stdin === undefined || stdin.length === 0) {
    return "ignore";
  }
  return typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin;
}

function inputOf(child: Bun.Subprocess, fd: number | undefined): InputPipe {
  return fd === undefined ? inputTo(child.stdin as Bun.FileSink) : inputToDescriptor(fd);
}
