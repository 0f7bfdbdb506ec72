import type { FileKind } from "./file-kind.ts";
import type { ExecOptions, ExecResult, TaskContext } from "./task.ts";

interface HookFacts {
  /** What its jobs look at, unless the hook file says otherwise. */
  readonly looksAt: HookFiles;
  /** Git writes to its stdin. */
  readonly stdin?: true;
  /** What stops where it fails. */
  readonly stops?: "commit" | "push" | "rebase" | "patch";
}

export type HookFiles = "staged" | "pushed" | "message" | "nothing";

/** Every hook that git knows (githooks(5)), and what is to be known of each. */
const facts = {
  "applypatch-msg": { looksAt: "message", stops: "patch" },
  "pre-applypatch": { looksAt: "staged", stops: "patch" },
  "post-applypatch": { looksAt: "nothing" },
  "pre-commit": { looksAt: "staged", stops: "commit" },
  "pre-merge-commit": { looksAt: "staged", stops: "commit" },
  "prepare-commit-msg": { looksAt: "nothing", stops: "commit" },
  "commit-msg": { looksAt: "message", stops: "commit" },
  "post-commit": { looksAt: "nothing" },
  "pre-rebase": { looksAt: "nothing", stops: "rebase" },
  "post-checkout": { looksAt: "nothing" },
  "post-merge": { looksAt: "nothing" },
  "pre-push": { looksAt: "pushed", stdin: true, stops: "push" },
  "pre-receive": { looksAt: "nothing", stdin: true, stops: "push" },
  update: { looksAt: "nothing", stops: "push" },
  "proc-receive": { looksAt: "nothing", stdin: true, stops: "push" },
  "post-receive": { looksAt: "nothing", stdin: true },
  "post-update": { looksAt: "nothing" },
  "reference-transaction": { looksAt: "nothing", stdin: true },
  "push-to-checkout": { looksAt: "nothing", stops: "push" },
  "pre-auto-gc": { looksAt: "nothing" },
  "post-rewrite": { looksAt: "nothing", stdin: true },
  "sendemail-validate": { looksAt: "nothing", stops: "patch" },
  "fsmonitor-watchman": { looksAt: "nothing" },
  "p4-changelist": { looksAt: "nothing" },
  "p4-prepare-changelist": { looksAt: "nothing" },
  "p4-post-changelist": { looksAt: "nothing" },
  "p4-pre-submit": { looksAt: "nothing" },
  "post-index-change": { looksAt: "nothing" },
} as const satisfies Readonly<Record<string, HookFacts>>;

export type HookName = keyof typeof facts;

export const hookNames = Object.keys(facts) as readonly HookName[];

export function hookFacts(name: HookName): HookFacts {
  return facts[name];
}

export function parseHookName(text: string): HookName | undefined {
  return hookNames.find((name) => name === text);
}

/** What git may be in the middle of; `merge-commit` is no such thing: the commit that is checked out is a merge. */
export const operations = ["merge", "rebase", "cherry-pick", "revert", "bisect", "merge-commit"] as const;

export type Operation = (typeof operations)[number];

/** When something holds. Of several values of one key any will do. */
export interface Conditions {
  readonly during?: readonly Operation[];
  /** Globs; the branch that is checked out, or that a rebase is about. */
  readonly branch?: readonly string[];
  /** Variables that are set and neither empty, `0` nor `false`; or `NAME=value`. */
  readonly env?: readonly string[];
  /** A program that exits with 0; it is asked only where nothing else leaves the job out. */
  readonly run?: Program;
}

/** A program and its arguments; there is no shell between. */
export type Program = readonly [string, ...string[]];

/** What a file is besides its kind. */
export const fileTraits = [
  "text",
  "binary",
  "executable",
  "symlink",
  "not-text",
  "not-binary",
  "not-executable",
  "not-symlink",
] as const;

export type FileTrait = (typeof fileTraits)[number];

interface JobCommon {
  /** What it does, for `k hooks list`. */
  readonly summary?: string;
  /**
   * Globs from the project's root; without a slash at any depth. A job that names none gets all files that are its
   * own. A job none of whose files is there does not run.
   */
  readonly files?: readonly string[];
  readonly exclude?: readonly string[];
  /** By name, extension or `#!` line. */
  readonly kinds?: readonly FileKind[];
  /** All of them hold. A job that does not ask for `symlink` gets no links. */
  readonly traits?: readonly FileTrait[];
  /** Jobs of the same hook: it starts when they passed, and not at all where one of them failed. */
  readonly needs?: readonly string[];
  readonly tags?: readonly string[];
  /** It does not run where one of these holds. */
  readonly skip?: Conditions;
  /** It runs only where all of these hold. */
  readonly only?: Conditions;
  /** In seconds, for the whole job. */
  readonly timeout?: number;
  /** Mends what it can in what is being committed; where it is not given, `hooks.fix` of `konductor.toml` says. */
  readonly fix?: boolean;
  /** Sees all files of the commit, not only those that changed: for what one file says rests on others. */
  readonly wholeProject?: boolean;
  /** Of a push it also sees what an earlier of its commits has and the last has not. */
  readonly history?: boolean;
  /** What to do about a failure, in a sentence; the commands are there without it. */
  readonly advice?: string | ((settings: JobSettings) => string);
  /** False: it runs only where `[jobs.NAME] enabled = true`, or where it is asked for by name. */
  readonly enabled?: boolean;
}

/** What a job may know of `konductor.toml`. */
export interface JobSettings {
  readonly commit: { readonly types: readonly string[]; readonly scopes: readonly string[] };
}

/** A linter of the tools table. */
export interface ToolJob extends JobCommon {
  readonly tool: string;
}

/** The formatters that own these kinds of files. */
export interface FormatJob extends JobCommon {
  readonly format: readonly FileKind[];
  /** Only where this formatter is the owner. */
  readonly owner?: string;
}

/** `k`'s own checks of white space, conflict markers, large files and the like. */
export interface NativeJob extends JobCommon {
  readonly native: true;
}

/** A task of `k` or of the project, over the content that the hook looks at. */
export interface TaskJob extends JobCommon {
  readonly task: string;
  /** Words and flags behind its name. */
  readonly args?: readonly string[];
}

/**
 * A program. An argument `{files}` stands for the paths, in as many calls as they need, `{args}` for what git gives to
 * the hook and `{1}` for the first of it. In its environment `K_HOOK` and `K_JOB` say what it runs for.
 */
export interface CommandJob extends JobCommon {
  readonly command: Program;
  /** Rewrites `{files}`, which are copies. */
  readonly mend?: Program;
  /**
   * Prints the files in place of those that the hook is about, with a line or a NUL behind each, from the top of the
   * commit's content; where `--all-files` and the like name others, it is not asked.
   */
  readonly filesFrom?: Program;
  /** Gets what git writes to the hook, all of it. */
  readonly stdin?: boolean;
  /** Has the terminal for itself, to ask the user; it does not run where there is none. */
  readonly interactive?: boolean;
  /** A folder from the project's root: it runs there, and sees only what is below, by paths from there. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A function. Without globs it runs whatever the files are, and of a push once, without any. */
export interface CheckJob extends JobCommon {
  /** May resolve with a `TaskResult`; without one it passed unless it reported findings. */
  check(context: JobContext): unknown;
}

export type Job = ToolJob | FormatJob | NativeJob | TaskJob | CommandJob | CheckJob;

export const jobActions = ["tool", "format", "native", "task", "command", "check"] as const;

/** A file as the hook looks at it. */
export interface JobFile {
  /** From the project's root. */
  readonly path: string;
  readonly kind: FileKind;
  /** Where its content is to be read: not the working file where that is not what is checked. */
  readonly absolute: string;
}

/** What is pushed to one ref of the remote. */
export interface PushedRef {
  readonly localRef: string;
  /** Undefined where the ref is deleted. */
  readonly localId: string | undefined;
  readonly remoteRef: string;
  /** Undefined where the remote does not have it yet. */
  readonly remoteId: string | undefined;
}

/** What a job's own function meets the world through. */
export interface JobContext extends Pick<TaskContext, "root" | "home" | "signal" | "log" | "print" | "report"> {
  readonly hook: HookName;
  readonly job: string;
  /** What git gave to the hook. */
  readonly args: readonly string[];
  readonly stdin: string;
  readonly files: readonly JobFile[];
  /** The message without comments and what git cuts off, in hooks that look at one; empty elsewhere. */
  readonly message: string;
  readonly pushed: readonly PushedRef[];
  readonly config: JobSettings;
  /** Without git's variables, so that a job's own git never reaches the repository of the commit. */
  readonly env: Readonly<Record<string, string | undefined>>;
  exec(argv: readonly [string, ...string[]], options?: ExecOptions): Promise<ExecResult>;
  /** What git prints of the repository; rejects where it exits other than 0. For reading only. */
  git(...args: readonly string[]): Promise<string>;
}

/** A file of `hooks/`. */
export interface HookDefinition {
  readonly summary: string;
  /** By name; `false` takes a job of the same built-in hook away. */
  readonly jobs?: Readonly<Record<string, Job | false>>;
  /** Has the jobs of this hook too, before its own. */
  readonly like?: HookName;
  readonly looksAt?: HookFiles;
  /** Hold for all of its jobs. */
  readonly skip?: Conditions;
  readonly only?: Conditions;
  readonly exclude?: readonly string[];
  /** For its commands, below what each of them has of its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** In seconds, for each of its jobs that does not say. */
  readonly timeout?: number;
}

/** A hook with all its jobs, built-in and the project's own. */
export interface Hook {
  readonly name: HookName;
  readonly summary: string;
  readonly looksAt: HookFiles;
  readonly jobs: readonly NamedJob[];
}

export interface NamedJob {
  readonly name: string;
  readonly job: Job;
  readonly origin: "built-in" | "project";
  /** Absolute. */
  readonly file: string;
  /** Those of its hook file, beside its own. */
  readonly skip: readonly Conditions[];
  readonly only: readonly Conditions[];
}
