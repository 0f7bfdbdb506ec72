import { type ExitCode, exitCodes } from "../core/exit-code.ts";
import type { Plan, PlannedTask } from "../core/plan.ts";
import { completeFlags, nameWords } from "../core/signature.ts";
import type { TaskContext } from "../core/task.ts";
import { lazySpawner } from "../host/process/lazy-spawner.ts";
import { answerAbout } from "./about.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";

/** Flags that ask for nothing of a run. */
const harmless: readonly (keyof GlobalFlags)[] = ["cwd", "color", "no-color", "yes"];

/** The task of a plan that needs nothing of what makes a run. */
export function lightTask({ tasks }: Plan, global: Partial<GlobalFlags>): PlannedTask | undefined {
  const [only] = tasks;
  const asksForMore = Object.keys(global).some((name) => !(harmless as readonly string[]).includes(name));
  return tasks.length === 1 && only?.task.definition.light === true && only.task.origin === "built-in" && !asksForMore
    ? only
    : undefined;
}

/** Runs it without processes, rows, signals and records. Rejects with a `ProblemError`. */
export async function runLight({ task, words, rest, flags }: PlannedTask, opened: Opened, io: Io): Promise<ExitCode> {
  const context: Pick<TaskContext, "id" | "args" | "params" | "flags" | "print"> & { readonly use: unknown } = {
    id: task.id,
    args: [...words, ...rest],
    params: nameWords(words, task.definition.args ?? {}) as TaskContext["params"],
    flags: completeFlags(flags, task.definition.flags ?? {}) as TaskContext["flags"],
    print: io.out,
    use: { about: (question: Parameters<typeof answerAbout>[0]) => answerAbout(question, opened, io, lazySpawner()) },
  };
  // All that a light task uses of a context; a test runs each.
  await task.definition.run?.(context as unknown as TaskContext);
  return exitCodes.passed;
}
