import { flagTypes } from "../core/flag.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { AnyTask } from "../core/task.ts";
import { loadFile, loadFileNow } from "./load-file.ts";

/** The task that a file, absolute, defines; undefined where it is none, with the reason among the problems. */
export async function loadTask(file: string, problems: Problem[]): Promise<AnyTask | undefined> {
  try {
    return taskOf(file, await loadFile(file));
  } catch (error) {
    problems.push(...problemsOf(file, error));
    return undefined;
  }
}

/** The same for a file of which the declaration is known; rejects with a `ProblemError`. */
export async function loadTaskBehind(file: string): Promise<AnyTask> {
  const problems: Problem[] = [];
  const task = await loadTask(file, problems);
  if (task === undefined) {
    throw new ProblemError(...problems);
  }
  return task;
}

/** The same at once; throws a `ProblemError`. */
export function loadTaskNow(file: string): AnyTask {
  try {
    return taskOf(file, loadFileNow(file));
  } catch (error) {
    throw new ProblemError(...problemsOf(file, error));
  }
}

function taskOf(file: string, { default: definition }: { readonly default?: unknown }): AnyTask {
  const why = whyNoTask(definition);
  if (why !== undefined) {
    throw new ProblemError({ kind: "bad-task-file", file, why });
  }
  return definition as AnyTask;
}

function problemsOf(file: string, error: unknown): readonly Problem[] {
  if (error instanceof ProblemError) {
    return error.problems;
  }
  const why = error instanceof Error ? error.message : String(error);
  return [{ kind: "bad-task-file", file, why: `it does not load: ${why}` }];
}

/** Why a default export is no task; task files of a project are not type-checked by us. */
function whyNoTask(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) {
    return "its default export is no task: `export default defineTask({ … })`";
  }
  const task = value as Record<string, unknown>;
  if (typeof task["summary"] !== "string" || task["summary"] === "") {
    return "its task has no `summary`";
  }
  if (task["run"] !== undefined && typeof task["run"] !== "function") {
    return "`run` is not a function";
  }
  if (task["run"] === undefined && !Array.isArray(task["needs"])) {
    return "its task has neither `run` nor `needs`";
  }
  const aliases = task["aliases"] ?? [];
  if (
    !Array.isArray(aliases) ||
    !aliases.every((alias) => typeof alias === "string" && alias !== "" && !alias.startsWith("-"))
  ) {
    return "`aliases` is not a list of words";
  }
  return whyNoFlags(task["flags"] ?? {});
}

/** A flag of a type that there is not would be taken, and never checked. */
function whyNoFlags(flags: unknown): string | undefined {
  if (typeof flags !== "object" || flags === null) {
    return "`flags` is not a record of flags by name";
  }
  for (const [name, spec] of Object.entries(flags)) {
    const type: unknown = (spec as { type?: unknown } | null)?.type;
    if (!flagTypes.some((known) => known === type)) {
      return `its flag \`${name}\` has ${type === undefined ? "no type" : `the type \`${String(type)}\``}: it takes one of ${flagTypes.join(", ")}`;
    }
  }
  return undefined;
}
