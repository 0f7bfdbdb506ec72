import { inputToDescriptor } from "./input.ts";
import type { Env, Launched, Receive } from "./launched.ts";
import { readTerminal } from "./output.ts";
import type { Plumbing } from "./plumbing.ts";
import { foreseeFailure } from "./program.ts";
import type { SpawnFailure, SpawnRequest } from "./request.ts";

/**
 * Bun gives all three streams of the child to its terminal, and nobody types there: a program that reads would wait for ever. So a
 * shell puts another stdin in place before it becomes the program.
 */
const withOtherStdin = { none: 'exec "$@" </dev/null', third: 'exec "$@" <&3 3<&-' } as const;

/** Starts one process in a terminal of its own, which is also the one that it controls. */
export function launchInTerminal(
  request: SpawnRequest,
  env: Env,
  plumbing: Plumbing,
  receive: Receive | undefined
): Launched | SpawnFailure {
  const { argv, cwd, stdin, terminal } = request;
  // the shell that stands in front would say it in its own words, as the program's output
  const failure = foreseeFailure(request);
  if (failure !== undefined) {
    return failure;
  }
  const inPipe = stdin === "pipe" ? plumbing.pipe("to child") : undefined;
  const third = inPipe?.theirs ?? thirdOf(stdin, plumbing);
  const script = third === undefined ? withOtherStdin.none : withOtherStdin.third;
  const output = readTerminal((bytes) => receive?.("stdout", bytes));
  const child = Bun.spawn(stdin === "inherit" ? [...argv] : ["/bin/sh", "-c", script, "k", ...argv], {
    cwd,
    env: terminalEnv(env, stdin),
    detached: true,
    terminal: { cols: terminal?.columns ?? 80, rows: terminal?.rows ?? 24, ...output.handlers },
    ...(third === undefined ? {} : { stdio: ["ignore", "ignore", "ignore", third] }),
  });
  const close = () => child.terminal?.close();
  output.ended.then(close, close);
  const fd = inPipe?.ours ?? (stdin === "pipe" ? child.stdio[3] : undefined);
  return { child, outputs: [output], input: typeof fd === "number" ? inputToDescriptor(fd) : undefined };
}

function thirdOf(stdin: SpawnRequest["stdin"], plumbing: Plumbing): number | "pipe" | undefined {
  if (stdin === undefined || stdin === "inherit" || stdin.length === 0) {
    return undefined;
  }
  return stdin === "pipe" ? "pipe" : plumbing.contentFile(stdin);
}

/** A pager would wait for a key that nobody can press. */
function terminalEnv(env: Env, stdin: SpawnRequest["stdin"]): Env {
  const named = { ...env, TERM: env["TERM"] ?? "xterm-256color" };
  return stdin === "inherit" ? named : { ...named, PAGER: "cat", GIT_PAGER: "cat" };
}
