import { join } from "node:path";
import { type ExitCode, exitCodes } from "../core/exit-code.ts";
import { ProblemError } from "../core/problem.ts";
import { completeFlags, nameWords } from "../core/signature.ts";
import type { HookCall } from "../core/services.ts";
import type { AnyTask, Task, TaskContext } from "../core/task.ts";
import type { TaskId } from "../core/task-id.ts";
import { loadFile } from "../host/load-file.ts";
import type { Io } from "./io.ts";
import { type Command, parseCommand, type TaskNames } from "./parse-command.ts";
import { superviseHook } from "./supervise-hook.ts";

const id = "hooks:run" as TaskId;

/** `k hooks run` as the task of that name would do it, without a look at any other task. */
export async function hookCommand(words: readonly string[], cwd: string, home: string, io: Io): Promise<ExitCode> {
  const definition = (await loadFile(join(home, "tasks/hooks/run.ts"))).default as AnyTask;
  const task: Task = { id, definition, file: "tasks/hooks/run.ts", origin: "built-in" };
  const parsed = parseCommand([id, ...words], onlyTask(task));
  if (!parsed.ok) {
    throw new ProblemError(...parsed.problems);
  }
  const { global } = parsed.command;
  const show = {
    reporter: global.reporter,
    quiet: global.quiet,
    verbose: global.verbose,
    color: global.color,
    noColor: global["no-color"],
    dryRun: global["dry-run"],
    timeout: global.timeout,
    failFast: global["keep-going"] === true ? false : global["fail-fast"],
  };
  refuseOthers(global);
  const env = { ...io.env, KONDUCTOR_CACHE_ENABLED: "false" };
  const around = global["no-cache"] === true ? { ...io, env } : io;
  let exitCode: ExitCode = exitCodes.passed;
  const context = contextOf(parsed.command, definition, async (call) => {
    exitCode = await superviseHook(call, { home, cwd, io: around, cores: global.jobs, show });
    return { status: "passed" };
  });
  // All that this one task uses of a context.
  await definition.run?.(context as unknown as TaskContext);
  return exitCode;
}

/** What a run of a hook has no place for is not passed over in silence. */
function refuseOthers(global: Command["global"]): void {
  const given = (["trace", "report", "timings"] as const).filter((flag) => global[flag] !== undefined);
  if (given.length > 0) {
    throw new ProblemError({
      kind: "wrong-use",
      message: `k hooks run takes no ${given.map((flag) => `--${flag}`).join(", no ")}`,
      hint: "`--reporter json` tells all that happens, with times",
    });
  }
}

function onlyTask(task: Task): TaskNames {
  const resolve = (word: string): Task | undefined => (word === task.id ? task : undefined);
  return { get: resolve, ids: () => [task.id], resolve, words: () => [task.id] };
}

function contextOf({ requests }: Command, definition: AnyTask, run: (call: HookCall) => Promise<{ status: "passed" }>) {
  const [request] = requests;
  const words = request?.words ?? [];
  return {
    args: [...words, ...(request?.rest ?? [])],
    params: nameWords(words, definition.args ?? {}),
    flags: completeFlags(request?.flags ?? {}, definition.flags ?? {}),
    use: { hooks: { run } },
  };
}
