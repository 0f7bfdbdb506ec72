import type { World } from "./world.ts";

/** How much it matters that a check is not good; only `critical` makes `k doctor` fail. */
export const severities = ["critical", "warning", "info"] as const;

export type Severity = (typeof severities)[number];

export const areas = ["project", "git", "nix", "machine", "containers", "shell", "tools"] as const;

export type Area = (typeof areas)[number];

/** What makes it good: a command that the user runs, or words where no one command does it. */
export interface Mend {
  readonly command?: string;
  readonly text?: string;
  readonly url?: string;
  readonly action?: Action;
}

/** A mend that `k` can do itself: it adds and never takes away, needs no password, and can be undone. */
export interface Action {
  /** What it will do, as a question asks it: `add `flakes` to ~/.config/nix/nix.conf`. */
  readonly what: string;
  /** Resolves with what it did; rejects with a `ProblemError` where it could not. */
  apply(): Promise<string> | string;
}

/**
 * What a check found out. `weak` is worth a word, but what rests on it works; `bad` keeps a task that requires it from
 * starting; `idle` says nothing of the machine: the check has no meaning here.
 */
export type Result =
  | { readonly status: "good"; readonly found: string }
  | {
      readonly status: "weak" | "bad";
      readonly found: string;
      readonly mend?: Mend;
      /** Where it matters less than the check as a whole. */
      readonly severity?: Severity;
    }
  | { readonly status: "idle"; readonly found: string };

/** One thing that must be right for `k` and the environment to work; a file each in `checks/`. */
export interface Check {
  /** In kebab-case; a task's `requires` may name it. */
  readonly name: string;
  readonly area: Area;
  /** What is right when it is good. */
  readonly summary: string;
  readonly severity: Severity | ((world: World) => Severity);
  /** Left out of `--quick`: it asks a daemon, the network or an evaluator. */
  readonly slow?: boolean;
  /** In seconds; 8 where it is not given. */
  readonly timeout?: number;
  probe(world: World): Promise<Result> | Result;
}

/** Checks the shape of a check. */
export function defineCheck(check: Check): Check {
  return check;
}

export function good(found: string): Result {
  return { status: "good", found };
}

export function weak(found: string, mend?: Mend): Result {
  return { status: "weak", found, ...(mend === undefined ? {} : { mend }) };
}

export function bad(found: string, mend?: Mend): Result {
  return { status: "bad", found, ...(mend === undefined ? {} : { mend }) };
}

export function idle(found: string): Result {
  return { status: "idle", found };
}

/** A mend in one line, without its action: `k setup:nix (or by hand: https://…)`. */
export function mendWords({ command, text, url }: Mend): string {
  const words = [text, url].filter((part) => part !== undefined).join(" ");
  return command === undefined ? words : words === "" ? command : `${command} (${words})`;
}
