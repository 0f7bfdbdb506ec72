import type { FlagSpec, FlagSpecs } from "../core/flag.ts";
import type { AnyTask } from "../core/task.ts";
import { globalFlags } from "./global-flags.ts";
import type { TaskNames } from "./parse-command.ts";

/** `k watch --clear lint --fix`: what stands before `at` is for `watch` and the runner, from there on all is one command line of `k`. */
export interface Wrapped {
  readonly at: number;
  readonly kind: NonNullable<AnyTask["takesCommand"]>;
}

/** Where the command line of a task that takes one begins; `undefined` where no such task is asked for. */
export function wrappedCommand(argv: readonly string[], names: Pick<TaskNames, "resolve">): Wrapped | undefined {
  let named = firstWord(argv, 0, globalFlags);
  let task = named < argv.length ? names.resolve(argv[named] ?? "") : undefined;
  for (;;) {
    // `vm exec` is `vm:exec`.
    const next = firstWord(argv, named + 1, globalFlags);
    const below = task === undefined ? undefined : names.resolve(`${task.id}:${argv[next] ?? ""}`);
    if (task === undefined || below === undefined || below.id !== `${task.id}:${argv[next]}`) {
      break;
    }
    [named, task] = [next, below];
  }
  const kind = task?.definition.takesCommand;
  if (task === undefined || kind === undefined) {
    return undefined;
  }
  const at = firstWord(argv, named + 1, { ...task.definition.flags, ...globalFlags });
  return { at: argv[at] === "--" ? at + 1 : at, kind };
}

/** The index of the first word from there on that is neither a flag nor the value of one; `--` counts as one. */
function firstWord(argv: readonly string[], from: number, specs: FlagSpecs): number {
  let at = from;
  while (at < argv.length) {
    const word = argv[at] ?? "";
    if (word === "--" || !/^-./s.test(word)) {
      return at;
    }
    at += takesNext(word, specs) ? 2 : 1;
  }
  return argv.length;
}

function takesNext(word: string, specs: FlagSpecs): boolean {
  const takesValue = (spec: FlagSpec | undefined): boolean => spec !== undefined && spec.type !== "boolean";
  const long = /^--([^=]+)(=)?/s.exec(word);
  if (long?.[1] !== undefined) {
    return long[2] === undefined && takesValue(Object.hasOwn(specs, long[1]) ? specs[long[1]] : undefined);
  }
  // Of `-nj 4` only the last letter can have its value in the next word.
  const first = [...word.slice(1)].findIndex((letter) => takesValue(specOf(letter, specs)));
  return first >= 0 && first === word.length - 2;
}

function specOf(letter: string, specs: FlagSpecs): FlagSpec | undefined {
  return Object.values(specs).find(({ short }) => short === letter);
}
