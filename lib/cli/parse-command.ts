import type { ArgSpecs, FlagSpecs } from "../core/flag.ts";
import type { Catalog, Request } from "../core/plan.ts";
import type { Problem } from "../core/problem.ts";
import { flagsOf, type IsPath, splitWords } from "../core/split-words.ts";
import { either, nearest, nearestNames } from "../core/suggest.ts";
import type { Task } from "../core/task.ts";
import { parseTaskId, type TaskId } from "../core/task-id.ts";
import { type GlobalFlags, globalFlags } from "./global-flags.ts";
import { parseFlags } from "./parse-flags.ts";
import { type Wrapped, wrappedCommand } from "./command-word.ts";

/** Finds tasks by full name or alias. */
export interface TaskNames extends Catalog {
  resolve(word: string): Task | undefined;
  /** All names and aliases, for suggestions. */
  words(): readonly string[];
}

export interface Command {
  readonly global: Partial<GlobalFlags>;
  readonly requests: readonly Request[];
}

export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly global: Partial<GlobalFlags>; readonly problems: readonly Problem[] };

/**
 * Words to tasks, flags and arguments. The first word is a task. A later word that names a task is one more task,
 * unless the task before it still takes an argument that it must have or that may only be a task or one of a list, or
 * takes files and there is one of that name: `k lint format` are two tasks where no file is called `format`, `k help
 * lint` is one. Behind a task without arguments a word may also be the last part of the name of one below it.
 */
export function parseCommand(argv: readonly string[], names: TaskNames, isPath: IsPath = () => false): ParsedCommand {
  const wrapped = wrappedCommand(argv, names);
  return wrapped === undefined ? parseWords(argv, names, isPath) : parseWrapped(argv, wrapped, names, isPath);
}

/** A mistake in the command line that a task takes is told before that task starts, and its `--help` is help. */
function parseWrapped(argv: readonly string[], { at, kind }: Wrapped, names: TaskNames, isPath: IsPath): ParsedCommand {
  const outer = parseWords(argv.slice(0, at), names, isPath);
  const [request] = outer.ok ? outer.command.requests : [];
  if (!outer.ok || request === undefined || outer.command.global.help === true) {
    return outer;
  }
  const inner = argv.slice(at);
  const parsed = kind === "of-k" ? parseWords(inner, names, isPath) : undefined;
  if (parsed !== undefined && (!parsed.ok || parsed.command.global.help === true)) {
    return parsed;
  }
  const isEmpty = parsed === undefined ? inner.length === 0 : parsed.command.requests.length === 0;
  if (isEmpty) {
    const expected = kind === "of-k" ? `a task, such as \`k ${request.id} lint\`` : "a program and its arguments";
    const problem: Problem = { kind: "argument", task: request.id, name: "command", expected };
    return { ok: false, global: outer.command.global, problems: [problem] };
  }
  return { ok: true, command: { global: outer.command.global, requests: [{ ...request, rest: inner }] } };
}

function parseWords(argv: readonly string[], names: TaskNames, isPath: IsPath): ParsedCommand {
  const tasks: Task[] = [];
  let parsed = parseFlags(argv, globalFlags);
  let split = splitWords(parsed.words, names, isPath);
  // Each task that comes to light brings flags, which tell values from words: parse again until nothing new shows.
  while (split.tasks.length > tasks.length) {
    tasks.splice(0, tasks.length, ...split.tasks);
    parsed = parseFlags(argv, { ...flagsOf(tasks), ...globalFlags }, tasks.length === 1 ? tasks[0]?.id : undefined);
    split = splitWords(parsed.words, names, isPath);
  }
  const global = pick(parsed.flags, globalFlags) as Partial<GlobalFlags>;
  const [first] = parsed.words;
  if (first !== undefined && tasks.length === 0) {
    const near = either(nearestNames(first, names.ids(), names.words()));
    const problem: Problem = { kind: "unknown-task", word: first, ...(near === undefined ? {} : { nearest: near }) };
    return { ok: false, global, problems: [problem] };
  }
  const problems = [...parsed.problems];
  const requests = split.tasks.map((task, index): Request => {
    const words = split.words[index] ?? [];
    if (global.help !== true) {
      problems.push(...checkWords(task, words, names));
    }
    const isLast = index === split.tasks.length - 1;
    return {
      id: task.id,
      flags: pick(parsed.flags, task.definition.flags ?? {}),
      words,
      rest: isLast ? parsed.rest : [],
    };
  });
  return problems.length > 0 ? { ok: false, global, problems } : { ok: true, command: { global, requests } };
}

function pick<V>(flags: Readonly<Record<string, V>>, specs: FlagSpecs): Record<string, V> {
  return Object.fromEntries(Object.entries(flags).filter(([name]) => Object.hasOwn(specs, name)));
}

function checkWords(task: Task, words: readonly string[], names: TaskNames): readonly Problem[] {
  const specs = Object.entries((task.definition.args ?? {}) as ArgSpecs);
  const problems: Problem[] = [];
  for (const [index, [name, spec]] of specs.entries()) {
    const expected = spec.choices === undefined ? spec.summary : `one of ${spec.choices.join(", ")}`;
    const given = spec.variadic === true ? words.slice(index) : words.slice(index, index + 1);
    if (given.length === 0 && spec.required === true) {
      problems.push({ kind: "argument", task: task.id, name, expected });
    }
    for (const value of given) {
      if (spec.choices !== undefined && !spec.choices.includes(value)) {
        problems.push({ kind: "argument", task: task.id, name, value, expected });
      }
    }
  }
  const open = specs.at(-1)?.[1].variadic === true;
  if (!open && words.length > specs.length) {
    const extra = words.slice(specs.length);
    const near = extra.length === 1 && specs.length === 0 ? nearest(extra[0] ?? "", names.words()) : undefined;
    if (specs.length === 0 && extra[0] !== undefined && parseTaskId(extra[0]) !== undefined) {
      problems.push({ kind: "unknown-task", word: extra[0], ...(near === undefined ? {} : { nearest: near }) });
    } else {
      problems.push({ kind: "too-many-arguments", task: task.id as TaskId, words: extra });
    }
  }
  return problems;
}
