import type { Problem } from "../core/problem.ts";
import type { SetupStep } from "../core/setup.ts";
import type { Machine } from "./machine.ts";

/** What a step writes to: this clone, the user's own files, or what all users of the machine share. */
export type Scope = "repository" | "user" | "machine";

/** One thing that a step does. All of them are shown before any of them is done. */
export type Change =
  | {
      readonly kind: "file";
      /** Absolute, as the user knows it. */
      readonly path: string;
      /** What `path` leads to, where it is a link. */
      readonly target?: string;
      /** Undefined makes a new file. */
      readonly before: string | undefined;
      readonly after: string;
      /** The file belongs to root. */
      readonly root?: boolean;
    }
  | { readonly kind: "link"; readonly path: string; readonly target: string }
  | {
      readonly kind: "command";
      readonly argv: readonly [string, ...string[]];
      readonly root?: boolean;
      /** Absolute; the project's root where it is not given. */
      readonly cwd?: string;
      /** It may ask and draws on the terminal. */
      readonly open?: boolean;
    }
  /** `lines` say all that it does: what is fetched from where, what is run. */
  | { readonly kind: "call"; readonly lines: readonly string[]; run(): Promise<string> };

export interface Question {
  readonly name: string;
  readonly message: string;
  readonly suggestion?: string;
  /** What is wrong with an answer; undefined where it is fine. */
  check(answer: string): string | undefined;
}

/** How things stand now, found out without changing anything. */
export type Look =
  | { readonly status: "done"; readonly found: string }
  | {
      readonly status: "open";
      readonly found: string;
      readonly changes: readonly Change[];
      /** What the user must still do, such as to log in again. */
      readonly afterwards?: string;
    }
  /** It cannot be done without an answer that nobody gave yet. */
  | {
      readonly status: "ask";
      readonly found: string;
      readonly questions: readonly Question[];
      /** The flags that give the answers where there is nobody to ask. */
      readonly flags: string;
      changes(answers: Readonly<Record<string, string>>): readonly Change[];
    }
  /** It has no meaning here. */
  | { readonly status: "idle"; readonly found: string; readonly hint?: string }
  /** It is due, and `k` cannot do it: the problem says what the user can do. */
  | { readonly status: "stuck"; readonly problem: Problem };

/** What the command line asked for beyond a step's name. */
export interface Wishes {
  /** Git settings go to the user's own git config. */
  readonly global: boolean;
  /** Nix settings go to `/etc/nix/nix.conf`. */
  readonly system: boolean;
  readonly name: string | undefined;
  readonly email: string | undefined;
}

/** One thing that `k setup` puts right; a file each in `steps/`. */
export interface Step {
  readonly name: SetupStep;
  /** What is so once it is done. */
  readonly title: string;
  readonly scope: Scope;
  /** What it changes, in a line. */
  readonly changes: string;
  /** How a user takes it back. */
  readonly undo: string;
  /** With `--yes` it is done only where it was asked for by name. */
  readonly optional?: boolean;
  look(machine: Machine, wishes: Wishes): Promise<Look> | Look;
}

/** Checks the shape of a step. */
export function defineStep(step: Step): Step {
  return step;
}

export const noWishes: Wishes = { global: false, system: false, name: undefined, email: undefined };
