import type { ArgSpec, ArgSpecs, FlagSpecs } from "./flag.ts";
import type { AnyTask } from "./task.ts";
import type { TaskId } from "./task-id.ts";

/** What the command line needs to know of a task; a `Task` is one, and so is a row of the manifest. */
export interface CallableTask {
  readonly id: TaskId;
  readonly definition: Pick<AnyTask, "args" | "flags">;
}

/** Finds a task by its full name or an alias. */
export interface Names<T extends CallableTask> {
  resolve(word: string): T | undefined;
}

/** Whether a word names a file or folder from where the user stands. */
export type IsPath = (word: string) => boolean;

export interface Split<T extends CallableTask> {
  readonly tasks: readonly T[];
  /** Per task, in the same order. */
  readonly words: readonly (readonly string[])[];
}

/** Which words are tasks, and which belong to the task before them. It ends at a first word that is no task. */
export function splitWords<T extends CallableTask>(
  words: readonly string[],
  names: Names<T>,
  isPath: IsPath
): Split<T> {
  const tasks: T[] = [];
  const perTask: string[][] = [];
  for (const word of words) {
    const current = tasks.at(-1);
    const own = perTask.at(-1);
    const below = current !== undefined && own?.length === 0 ? taskBelow(current, word, names) : undefined;
    if (below !== undefined) {
      tasks[tasks.length - 1] = below;
      continue;
    }
    const isOwn = current !== undefined && own !== undefined && wantsWord(current, own.length, word, isPath);
    const task = isOwn ? undefined : names.resolve(word);
    if (task !== undefined) {
      tasks.push(task);
      perTask.push([]);
    } else if (own === undefined) {
      return { tasks, words: perTask };
    } else {
      own.push(word);
    }
  }
  return { tasks, words: perTask };
}

/** The argument that a task's next word would be, `taken` words being there already. */
export function nextArgument({ definition }: CallableTask, taken: number): ArgSpec | undefined {
  const specs = Object.values((definition.args ?? {}) as ArgSpecs);
  return specs[taken] ?? (specs.at(-1)?.variadic === true ? specs.at(-1) : undefined);
}

export function flagsOf(tasks: readonly CallableTask[]): FlagSpecs {
  return Object.assign({}, ...tasks.map(({ definition }) => definition.flags ?? {}));
}

/** A task that takes no words of its own leaves them to those below it: `k hooks install` is `k hooks:install`. */
export function takesNoWords({ definition }: CallableTask): boolean {
  return Object.keys(definition.args ?? {}).length === 0;
}

function taskBelow<T extends CallableTask>(task: T, word: string, names: Names<T>): T | undefined {
  const name = `${task.id}:${word}`;
  const below = takesNoWords(task) ? names.resolve(name) : undefined;
  return below?.id === name ? below : undefined;
}

function wantsWord(task: CallableTask, taken: number, word: string, isPath: IsPath): boolean {
  const spec = nextArgument(task, taken);
  if (spec === undefined) {
    return false;
  }
  const isFirstOfIt = taken < Object.keys(task.definition.args ?? {}).length;
  return (
    (isFirstOfIt && spec.required === true) ||
    spec.choices !== undefined ||
    spec.complete === "task" ||
    (spec.complete === "file" && isPath(word))
  );
}
