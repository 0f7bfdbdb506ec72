import type { Finding } from "./finding.ts";
import type { ArgSpecs, ArgValues, FlagSpecs, FlagValues } from "./flag.ts";
import type { Problem } from "./problem.ts";
import type { Services } from "./services.ts";
import type { TaskId } from "./task-id.ts";

export const platforms = ["linux", "darwin"] as const;

export type Platform = (typeof platforms)[number];

/**
 * A task that must run before. `inherit` hands this task's flags and arguments down by name, so that
 * `k lint --fix` reaches each linter. A name may hold `*` for one part of a name.
 */
export type Need = string | { readonly task: string; readonly inherit: true };

/** Named; two holders of one lock never overlap, but for two that both only `share` it. */
export interface Lock {
  readonly name: string;
  readonly mode: "exclusive" | "shared";
  /** Holds against other `k` processes of this user too. */
  readonly machine?: boolean;
}

/** What a task ends with when nothing went wrong that it did not foresee. Nothing at all means passed. */
export type TaskResult =
  | { readonly status: "passed"; readonly note?: string }
  | {
      readonly status: "failed";
      readonly problems: readonly Problem[];
      readonly note?: string;
      /** `k` ends with this code too: for a task that stands in for a program which the user called. */
      readonly exitCode?: number;
    }
  | { readonly status: "skipped"; readonly reason: SkipReason };

export type SkipReason =
  | { readonly kind: "nothing-to-do"; readonly why: string }
  | { readonly kind: "tool-missing"; readonly tool: string; readonly install: string }
  | { readonly kind: "platform"; readonly platforms: readonly Platform[] }
  | { readonly kind: "need-failed"; readonly need: TaskId }
  | { readonly kind: "turned-off"; readonly where: string };

export interface ExecOptions {
  /** Relative to the project root; the root itself where it is not given. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string | Uint8Array;
  /** In seconds. */
  readonly timeout?: number;
  /** Keeps the output out of the task's log. */
  readonly quiet?: boolean;
  /** Gets the output as it comes; then it is neither logged nor collected. */
  readonly onOutput?: (text: string) => void;
}

export interface ExecResult {
  /** 128 + the signal's number where a signal ended it, as a shell says it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** The template tag of zx, typed by what tasks use of it. It loads at its first use. */
export type Shell = import("zx").Shell;

/** All that a task meets the world through. */
export interface TaskContext<F extends FlagSpecs = FlagSpecs, A extends ArgSpecs = ArgSpecs> {
  readonly id: TaskId;
  /** All words after the task's name, and all that stood after `--`. */
  readonly args: readonly string[];
  /** The declared arguments by name. */
  readonly params: ArgValues<A>;
  readonly flags: FlagValues<F>;
  /** Absolute. */
  readonly root: string;
  /** Where `k` is installed, absolute. */
  readonly home: string;
  /** Where the user stands, absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborts when the run stops or the task's time is up. */
  readonly signal: AbortSignal;
  readonly $: Shell;
  /** Runs one command, its output shown as this task's; a code other than 0 is for the caller to judge: one that returns the result fails by it. */
  exec(argv: readonly [string, ...string[]], options?: ExecOptions): Promise<ExecResult>;
  /** One line of this task's log. */
  log(line: string): void;
  /** To stdout as it is, for another program to read; no renderer touches it. */
  print(text: string): void;
  /** `total` is left out where it is not known. */
  progress(step: { readonly text?: string; readonly done?: number; readonly total?: number }): void;
  report(finding: Finding): void;
  /** What `k` itself can do, loaded when first used. */
  readonly use: Services;
}

export interface TaskDefinition<F extends FlagSpecs = FlagSpecs, A extends ArgSpecs = ArgSpecs> {
  readonly summary: string;
  /** More than the summary says, for `k TASK --help`. */
  readonly description?: string;
  readonly examples?: readonly string[];
  readonly aliases?: readonly string[];
  readonly args?: A;
  readonly flags?: F;
  readonly needs?: readonly Need[];
  /** Order only: runs after these if they run at all. */
  readonly after?: readonly string[];
  /** What will be lost; asked before anything of the plan runs. */
  readonly confirm?: string;
  /** Owns the terminal: nothing else runs or draws meanwhile. */
  readonly interactive?: boolean;
  /** Its own output is the result: no renderer draws rows. */
  readonly silent?: boolean;
  /** Only prints what `k` knows: of its context it uses its own words, `print` and `use.about`. It starts without the rest of a run. */
  readonly light?: true;
  readonly hidden?: boolean;
  /** With `--dry-run` it runs, and itself says what it would do. */
  readonly previews?: boolean;
  /** Runs although the project's settings or tasks cannot be read, on the defaults: it is told what is wrong. */
  readonly lenient?: boolean;
  /** All behind its name and its own flags is a command line, of `k` or of any program, and reaches `args` as it was typed. */
  readonly takesCommand?: "of-k" | "of-a-program";
  /** The tool of the table that it runs. */
  readonly tool?: string;
  /** Works on `k` itself: there only where the project is `k`'s home. */
  readonly homeOnly?: boolean;
  /** Left out when a wildcard names it; runs when asked for by name. */
  readonly onRequest?: boolean;
  readonly platforms?: readonly Platform[];
  /** What must be so before it starts: checks of `k doctor` by name, tools of the table, else programs on PATH. */
  readonly requires?: readonly string[];
  /** In seconds. */
  readonly timeout?: number;
  /** How often it is tried again after it failed. */
  readonly retries?: number;
  /** A function where they depend on the flags: a fixer holds what it writes. */
  readonly locks?: readonly Lock[] | ((flags: FlagValues<F>) => readonly Lock[]);
  run?(context: TaskContext<F, A>): Promise<TaskResult | unknown> | TaskResult | unknown;
}

/** A definition whose own flag and argument types no longer matter: what the engine handles. */
// `any`: run() is contravariant in its context, so nothing else accepts every task.
export type AnyTask = TaskDefinition<any, any>;

/** A task and where it came from. */
export interface Task {
  readonly id: TaskId;
  readonly definition: AnyTask;
  /** Absolute. */
  readonly file: string;
  readonly origin: "built-in" | "project";
}
