import type { RunEvent } from "../core/event.ts";
import type { PlannedTask } from "../core/plan.ts";
import { completeFlags, nameWords } from "../core/signature.ts";
import type { Services } from "../core/services.ts";
import type { ExecOptions, ExecResult, Shell, TaskContext } from "../core/task.ts";
import { resolve } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { SpawnRequest } from "../host/process/request.ts";
import type { Spawner } from "../host/process/spawner.ts";

/** What all tasks of a run have in common. */
export interface Surroundings {
  readonly root: string;
  readonly home: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly spawner: Spawner;
  now(): number;
  emit(event: RunEvent): void;
  print(text: string): void;
  /** The size of the terminal that children get, where `k` itself writes to one. */
  terminal(): { readonly columns: number; readonly rows: number } | undefined;
  shell(options: ShellOptions): Shell;
  services(context: Omit<TaskContext, "use">): Services;
  /** What of a task's `requires` is not so; where it is not given, nothing is looked at. */
  unmet?(requires: readonly string[]): Promise<readonly Problem[]>;
}

export interface ShellOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly onOutput: (stream: "stdout" | "stderr", text: string) => void;
  /** For an interactive task: its commands have the terminal. */
  readonly foreground: boolean;
}

/** The context of one task: everything it does goes through the spawner or becomes an event. */
export function makeContext(planned: PlannedTask, signal: AbortSignal, around: Surroundings): TaskContext {
  const { task } = planned;
  const id = task.id;
  const interactive = task.definition.interactive === true;
  const onOutput = (stream: "stdout" | "stderr" | "log", text: string): void => {
    around.emit({ type: "task-output", id, stream, text, at: around.now() });
  };
  let shell: Shell | undefined;
  const base: Omit<TaskContext, "use"> = {
    id,
    args: [...planned.words, ...planned.rest],
    params: nameWords(planned.words, task.definition.args ?? {}) as TaskContext["params"],
    flags: completeFlags(planned.flags, task.definition.flags ?? {}) as TaskContext["flags"],
    root: around.root,
    home: around.home,
    cwd: around.cwd,
    env: around.env,
    signal,
    get $() {
      shell ??= around.shell({ cwd: around.root, env: around.env, signal, onOutput, foreground: interactive });
      return shell;
    },
    async exec(argv, options = {}): Promise<ExecResult> {
      const terminal =
        interactive || options.quiet === true || options.onOutput !== undefined ? undefined : around.terminal();
      const outcome = await around.spawner.run({
        argv,
        cwd: resolve(around.root, options.cwd ?? "."),
        env: { ...around.env, ...options.env },
        signal,
        foreground: interactive,
        ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
        ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
        ...(terminal === undefined || options.stdin !== undefined ? {} : { terminal }),
        ...outputOf(options, onOutput),
      });
      if (outcome.spawnError === undefined) {
        return outcome;
      }
      throw new ProblemError({
        kind: "tool-not-started",
        tool: argv[0],
        why: outcome.message,
        command: argv.join(" "),
      });
    },
    log: (line) => onOutput("log", line.endsWith("\n") ? line : `${line}\n`),
    print: around.print,
    progress: (step) => around.emit({ type: "task-progress", id, ...step, at: around.now() }),
    report: (finding) => around.emit({ type: "task-finding", id, finding, at: around.now() }),
  };
  let use: Services | undefined;
  return Object.defineProperty(base, "use", {
    enumerable: true,
    get: () => {
      use ??= around.services(base);
      return use;
    },
  }) as TaskContext;
}

/** Where the output of a process goes. */
function outputOf(
  { quiet, onOutput }: ExecOptions,
  log: (stream: "stdout" | "stderr", text: string) => void
): Pick<SpawnRequest, "onOutput" | "capture" | "oneStream"> {
  if (onOutput !== undefined) {
    return { capture: false, oneStream: true, onOutput: (_, text) => onOutput(text) };
  }
  return quiet === true ? {} : { onOutput: log };
}
