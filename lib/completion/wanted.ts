import type { ArgSpec, FlagSpec, FlagSpecs } from "../core/flag.ts";
import { flagsOf, type IsPath, nextArgument, splitWords, takesNoWords } from "../core/split-words.ts";
import type { Candidate, KnownTask, KnownTasks, Wanted } from "./candidate.ts";
import { type ReadWords, readWords } from "./read-words.ts";

export interface Typed {
  /** All words before the one with the cursor, without `k` itself. */
  readonly before: readonly string[];
  /** The word with the cursor, up to it. */
  readonly current: string;
}

/** What could stand at the cursor. Pure: what only the machine knows is named as a source. */
export function wanted({ before, current }: Typed, tasks: KnownTasks, runner: FlagSpecs, isPath: IsPath): Wanted {
  const { read, split, flags } = understand(before, tasks, runner, isPath);
  if (read.ended) {
    return { ...nothing(current), source: "file" };
  }
  if (read.pending !== undefined && !current.startsWith("--")) {
    return ofFlag(read.pending, "", current);
  }
  const [, name, value] = /^--([^=]+)=(.*)$/s.exec(current) ?? [];
  if (name !== undefined && value !== undefined) {
    const spec = Object.hasOwn(flags, name) ? flags[name] : undefined;
    return spec === undefined ? nothing(current) : ofFlag(spec, `--${name}=`, value);
  }
  if (current.startsWith("-")) {
    return { ...nothing(current), values: flagNames(flags, read, current) };
  }
  const task = split.tasks.at(-1);
  return task === undefined
    ? { ...nothing(current), ...taskNames(tasks, current) }
    : ofTask(task, split.words.at(-1) ?? [], tasks, current);
}

/** Each task that comes to light brings flags, which tell values from words: read again until nothing new shows. */
export function understand(before: readonly string[], tasks: KnownTasks, runner: FlagSpecs, isPath: IsPath) {
  let flags = runner;
  let read = readWords(before, flags);
  let split = splitWords(read.words, tasks, isPath);
  for (let known = 0; split.tasks.length > known; ) {
    known = split.tasks.length;
    flags = { ...flagsOf(split.tasks), ...runner };
    read = readWords(before, flags);
    split = splitWords(read.words, tasks, isPath);
  }
  return { read, split, flags };
}

export function nothing(current: string): Wanted {
  return { kept: "", typed: current, values: [], taken: [], otherwise: [] };
}

function ofFlag(spec: FlagSpec, kept: string, typed: string): Wanted {
  switch (spec.type) {
    case "boolean":
    case "number":
      return { ...nothing(typed), kept };
    case "text":
      return { ...nothing(typed), kept, ...valuesOf(spec) };
    case "list": {
      const start = typed.lastIndexOf(",") + 1;
      const taken = typed.slice(0, start).split(",");
      const { values = [], ...more } = valuesOf(spec);
      return {
        ...nothing(typed.slice(start)),
        kept: kept + typed.slice(0, start),
        ...more,
        values: values.filter(({ value }) => !taken.includes(value)),
        taken,
      };
    }
  }
}

/** `FILE` and `DIR` speak for themselves where the spec names no source. */
function valuesOf(spec: (FlagSpec & { readonly type: "text" | "list" }) | ArgSpec): Partial<Wanted> {
  if (spec.choices !== undefined) {
    return { values: spec.choices.map((value) => ({ value })) };
  }
  const meant = "value" in spec ? { FILE: "file", DIR: "folder" }[spec.value] : undefined;
  const source = spec.complete ?? (meant as "file" | "folder" | undefined);
  return source === undefined ? {} : { source };
}

function flagNames(flags: FlagSpecs, { given }: ReadWords, current: string): readonly Candidate[] {
  return Object.entries(flags)
    .filter(([name, spec]) => spec.hidden !== true && (spec.type === "list" || !given.has(name)))
    .flatMap(([name, { summary, short }]) => [
      { value: `--${name}`, description: summary },
      // Letters only where letters are typed: every flag has its name.
      ...(short === undefined || current.startsWith("--") ? [] : [{ value: `-${short}`, description: summary }]),
    ]);
}

function ofTask(task: KnownTask, words: readonly string[], tasks: KnownTasks, current: string): Wanted {
  const spec = nextArgument(task, words.length);
  const below = words.length === 0 && takesNoWords(task) ? tasksBelow(task, tasks) : [];
  if (task.definition.takesCommand === "of-k" && words.length === 0) {
    return { ...nothing(current), ...taskNames(tasks, current) };
  }
  if (spec === undefined) {
    return { ...nothing(current), values: below, otherwise: others(tasks, current) };
  }
  const { values = [], ...more } = valuesOf(spec);
  const taken = spec.variadic === true ? words : [];
  // One that it must have is never another task; nor is anything typed yet that tells one.
  const isOwn = spec.required === true && words.length < Object.keys(task.definition.args ?? {}).length;
  return {
    ...nothing(current),
    ...more,
    values: values.filter(({ value }) => !taken.includes(value)),
    taken,
    otherwise: isOwn ? [] : others(tasks, current),
  };
}

/** `install` behind `k hooks`. */
function tasksBelow({ id }: KnownTask, tasks: KnownTasks): readonly Candidate[] {
  return shown(tasks)
    .filter((task) => task.id.startsWith(`${id}:`))
    .map((task) => ({ value: task.id.slice(id.length + 1), description: task.definition.summary }));
}

/** One more task, once the first letter of it is there. */
function others(tasks: KnownTasks, current: string): readonly Candidate[] {
  const { values, otherwise } = taskNames(tasks, current);
  return current === "" ? [] : [...values, ...otherwise];
}

/** All tasks by name; their aliases only where no name begins with what is typed, for there are as many again. */
export function taskNames(tasks: KnownTasks, current: string): Pick<Wanted, "values" | "otherwise"> {
  const all = shown(tasks);
  return {
    values: all.map(({ id, definition }) => ({ value: id, description: definition.summary })),
    otherwise:
      current === ""
        ? []
        : all.flatMap(({ id, definition }) =>
            (definition.aliases ?? []).map((value: string) => ({ value, description: `${id}: ${definition.summary}` }))
          ),
  };
}

function shown(tasks: KnownTasks): readonly KnownTask[] {
  return tasks.all().filter(({ definition }) => definition.hidden !== true);
}
