import { type ExitCode, exitCodes } from "./exit-code.ts";
import type { TaskId } from "./task-id.ts";

/** A place in a file that the user wrote; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** All that a user can cause. Anything else that is thrown is a bug in `k`. */
export type Problem =
  | { readonly kind: "unknown-task"; readonly word: string; readonly nearest?: string }
  | { readonly kind: "unknown-flag"; readonly flag: string; readonly task?: TaskId; readonly nearest?: string }
  | { readonly kind: "flag-value"; readonly flag: string; readonly value?: string; readonly expected: string }
  | {
      readonly kind: "argument";
      readonly task: TaskId;
      readonly name: string;
      readonly value?: string;
      readonly expected: string;
    }
  | { readonly kind: "too-many-arguments"; readonly task: TaskId; readonly words: readonly string[] }
  | { readonly kind: "name-clash"; readonly name: string; readonly first: string; readonly second: string }
  | {
      readonly kind: "unknown-need";
      readonly task: TaskId;
      readonly need: string;
      readonly file: string;
      readonly nearest?: string;
    }
  | { readonly kind: "cycle"; readonly path: readonly TaskId[]; readonly files: readonly string[] }
  | { readonly kind: "bad-task-file"; readonly file: string; readonly why: string }
  | { readonly kind: "config"; readonly place: Place; readonly message: string; readonly hint?: string }
  /** The folder that `k` was called in, or that `-C` names. */
  | { readonly kind: "no-project"; readonly path: string; readonly why: string; readonly hint?: string }
  | { readonly kind: "not-trusted"; readonly root: string; readonly what: string }
  | { readonly kind: "task-failed"; readonly id: TaskId; readonly exitCode: number; readonly command?: string }
  | { readonly kind: "task-threw"; readonly id: TaskId; readonly message: string; readonly stack?: string }
  | { readonly kind: "timeout"; readonly id: TaskId; readonly seconds: number }
  | { readonly kind: "findings"; readonly id: TaskId; readonly count: number }
  | { readonly kind: "tool-missing"; readonly tool: string; readonly install: string }
  /** What a task requires is not so; in the words of the check that `k doctor` makes of it. */
  | { readonly kind: "not-ready"; readonly check: string; readonly found: string; readonly mend?: string }
  | { readonly kind: "tool-not-started"; readonly tool: string; readonly why: string; readonly command: string }
  | {
      readonly kind: "tool-crashed";
      readonly tool: string;
      readonly exitCode: number;
      readonly output: string;
      readonly command: string;
    }
  | {
      readonly kind: "tool-unreadable";
      readonly tool: string;
      readonly why: string;
      readonly output: string;
      readonly command: string;
    }
  | { readonly kind: "tool-timeout"; readonly tool: string; readonly seconds: number; readonly command: string }
  | {
      readonly kind: "tool-too-old";
      readonly tool: string;
      readonly found: string;
      readonly oldest: string;
      readonly path: string;
    }
  | {
      readonly kind: "file";
      readonly path: string;
      readonly what: string;
      readonly why: string;
      readonly hint?: string;
    }
  | { readonly kind: "git"; readonly command: string; readonly why: string; readonly hint?: string }
  | { readonly kind: "commit-stopped"; readonly why: string; readonly hint: string }
  | { readonly kind: "hook"; readonly what: string; readonly hint?: string }
  | {
      readonly kind: "job-failed";
      readonly job: string;
      readonly why: string;
      /** The command that shows it again. */
      readonly again: string;
      /** The command that mends it. */
      readonly mend?: string;
      /** What a person is to do about it. */
      readonly advice?: string;
    }
  /** A virtual machine did not do what it should; `detail` is what its console or its guest said. */
  | { readonly kind: "machine"; readonly what: string; readonly hint: string; readonly detail?: string }
  /** Nix did not do what it was asked for; `detail` is what it said, or the last lines of a build. */
  | { readonly kind: "nix"; readonly what: string; readonly hint: string; readonly detail?: string }
  /** A container engine, or what runs in it, did not do what it should; `detail` is what it said. */
  | { readonly kind: "container"; readonly what: string; readonly hint: string; readonly detail?: string }
  | { readonly kind: "refused"; readonly what: string; readonly hint: string }
  | { readonly kind: "wrong-use"; readonly message: string; readonly hint?: string };

/** A problem in words: what happened, the command or change that mends it, and the exit code that it asks for. */
export interface ShownProblem {
  readonly message: string;
  readonly hint?: string;
  readonly exit: ExitCode;
  /** Raw output that the user must see to understand it. */
  readonly detail?: string;
}

/** Carries a problem out of code that cannot return it; caught by the engine, never shown as a bug. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];
  constructor(...problems: readonly Problem[]) {
    super(problems.map((problem) => show(problem).message).join("; "));
    this.name = "ProblemError";
    this.problems = problems;
  }
}

function didYouMean(name: string | undefined): { hint?: string } {
  return name === undefined ? {} : { hint: `did you mean ${name}?` };
}

export function showPlace({ file, line, column }: Place): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(":");
}

export function show(problem: Problem): ShownProblem {
  const { passed: _passed, ...exit } = exitCodes;
  switch (problem.kind) {
    case "unknown-task":
      return {
        message: `no task is called ${problem.word}`,
        hint: problem.nearest === undefined ? "`k list` shows them all" : `did you mean ${problem.nearest}?`,
        exit: exit.wrongUse,
      };
    case "unknown-flag":
      return {
        message: `${problem.task === undefined ? "k" : `\`${problem.task}\``} has no flag ${problem.flag}`,
        ...(problem.nearest === undefined && problem.task !== undefined
          ? { hint: `\`k ${problem.task} --help\` shows how it is called` }
          : didYouMean(problem.nearest)),
        exit: exit.wrongUse,
      };
    case "flag-value":
      return {
        message:
          problem.value === undefined
            ? `${problem.flag} needs a value: ${problem.expected}`
            : `${problem.flag} cannot be \`${problem.value}\`: it takes ${problem.expected}`,
        exit: exit.wrongUse,
      };
    case "argument":
      return {
        message:
          problem.value === undefined
            ? `\`${problem.task}\` needs ${problem.name}: ${problem.expected}`
            : `\`${problem.task}\` cannot take \`${problem.value}\` as ${problem.name}: it takes ${problem.expected}`,
        hint: `\`k ${problem.task} --help\` shows how it is called`,
        exit: exit.wrongUse,
      };
    case "too-many-arguments":
      return {
        message: `\`${problem.task}\` does not take ${problem.words.map((word) => `\`${word}\``).join(" ")}`,
        hint: `\`k ${problem.task} --help\` shows how it is called`,
        exit: exit.wrongUse,
      };
    case "name-clash":
      return {
        message: `two tasks are called ${problem.name}: ${problem.first} and ${problem.second}`,
        hint: "rename one of them, or drop the alias",
        exit: exit.wrongUse,
      };
    case "unknown-need":
      return {
        message: `\`${problem.task}\` needs ${problem.need}, and no task is called that (${problem.file})`,
        ...didYouMean(problem.nearest),
        exit: exit.wrongUse,
      };
    case "cycle":
      return {
        message: `tasks need each other in a circle: ${problem.path.join(" → ")}`,
        hint: `take one \`needs\` or \`after\` out of ${problem.files.join(", ")}`,
        exit: exit.wrongUse,
      };
    case "bad-task-file":
      return { message: `${problem.file}: ${problem.why}`, exit: exit.wrongUse };
    case "config":
      return {
        message: `${showPlace(problem.place)}: ${problem.message}`,
        ...(problem.hint === undefined ? {} : { hint: problem.hint }),
        exit: exit.wrongUse,
      };
    case "not-trusted":
      return {
        message: `${problem.what} of ${problem.root} is not loaded: the project is not trusted`,
        hint: "read it, then run `k trust`",
        exit: exit.wrongUse,
      };
    case "task-failed":
      return {
        message: `\`${problem.id}\` exited with ${problem.exitCode}${problem.command === undefined ? "" : `: ${problem.command}`}`,
        exit: exit.failed,
      };
    case "task-threw":
      return {
        message: `\`${problem.id}\` threw: ${problem.message}`,
        ...(problem.stack === undefined ? {} : { detail: problem.stack }),
        exit: exit.failed,
      };
    case "timeout":
      return {
        message: `\`${problem.id}\` was stopped: it ran longer than ${problem.seconds} s`,
        hint: "give it more with --timeout",
        exit: exit.failed,
      };
    case "findings":
      return {
        message: `\`${problem.id}\` found ${problem.count} ${problem.count === 1 ? "problem" : "problems"}`,
        exit: exit.failed,
      };
    case "tool-missing":
      return { message: `\`${problem.tool}\` is not to be found`, hint: problem.install, exit: exit.toolMissing };
    case "not-ready":
      return {
        message: `${problem.check}: ${problem.found}`,
        ...(problem.mend === undefined ? {} : { hint: problem.mend }),
        exit: exit.toolMissing,
      };
    case "tool-not-started":
      return {
        message: `\`${problem.tool}\` could not be started: ${problem.why}`,
        hint: `to see it again: ${problem.command}`,
        exit: exit.failed,
      };
    case "tool-crashed":
      return {
        message: `\`${problem.tool}\` did not do its work: it exited with ${problem.exitCode}`,
        hint: `to see it again: ${problem.command}`,
        detail: problem.output,
        exit: exit.failed,
      };
    case "tool-unreadable":
      return {
        message: `\`${problem.tool}\` printed what \`k\` cannot read: ${problem.why}`,
        hint: `to see it again: ${problem.command}`,
        detail: problem.output,
        exit: exit.failed,
      };
    case "tool-timeout":
      return {
        message: `\`${problem.tool}\` was stopped: it ran longer than ${problem.seconds} s`,
        hint: `to see it again: ${problem.command}`,
        exit: exit.failed,
      };
    case "tool-too-old":
      return {
        message: `\`${problem.tool}\` ${problem.found} is too old: ${problem.oldest} is needed (${problem.path})`,
        exit: exit.toolMissing,
      };
    case "no-project":
      return {
        message: `${problem.path}: no project can be here: ${problem.why}`,
        ...(problem.hint === undefined ? {} : { hint: problem.hint }),
        exit: exit.wrongUse,
      };
    case "file":
      return {
        message: `${problem.path}: ${problem.what}: ${problem.why}`,
        ...(problem.hint === undefined ? {} : { hint: problem.hint }),
        exit: exit.failed,
      };
    case "git":
      return {
        message: `git could not tell: ${problem.command}: ${problem.why}`,
        ...(problem.hint === undefined ? {} : { hint: problem.hint }),
        exit: exit.failed,
      };
    case "commit-stopped":
      return { message: `the commit is stopped: ${problem.why}`, hint: problem.hint, exit: exit.failed };
    case "hook":
      return {
        message: problem.what,
        ...(problem.hint === undefined ? {} : { hint: problem.hint }),
        exit: exit.failed,
      };
    case "job-failed":
      return {
        message: `\`${problem.job}\` did not pass: ${problem.why}`,
        hint: [
          ...(problem.advice === undefined ? [] : [problem.advice]),
          problem.mend === undefined ? `to see it again: ${problem.again}` : `to mend it: ${problem.mend}`,
        ].join("; "),
        exit: exit.failed,
      };
    case "machine":
    case "nix":
    case "container":
      return {
        message: problem.what,
        hint: problem.hint,
        ...(problem.detail === undefined ? {} : { detail: problem.detail }),
        exit: exit.failed,
      };
    case "refused":
      return { message: problem.what, hint: problem.hint, exit: exit.wrongUse };
    case "wrong-use":
      return {
        message: problem.message,
        ...(problem.hint === undefined ? {} : { hint: problem.hint }),
        exit: exit.wrongUse,
      };
  }
}
