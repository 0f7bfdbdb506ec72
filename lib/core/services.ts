import type { FormatRequest, LintRequest } from "./lint.ts";
import type { TaskResult } from "./task.ts";

/** What tasks reach through `context.use`; each is wired in `lib/cli/services.ts` and loads at its first use. */
export interface Services {
  /** Runs one tool of the table over the files that the request selects. */
  lint(tool: string, request: LintRequest): Promise<TaskResult>;
  /** Runs `k`'s own checks of whitespace, conflict markers and the like. */
  nativeChecks(request: LintRequest): Promise<TaskResult>;
  /** Checks the messages of the commits that this branch adds, or of those since a revision. */
  lintCommits(since: string | undefined): Promise<TaskResult>;
  /** Runs the formatters that own these kinds. */
  format(request: FormatRequest): Promise<TaskResult>;
  /** Strips trailing blanks and mends final newlines, or says where that is due. */
  whitespace(mode: "check" | "write", request: Pick<LintRequest, "paths" | "staged" | "since">): Promise<TaskResult>;
  /** Runs `k`'s own tests whose paths hold one of the words, and prints how many passed and failed. */
  runTests(words: readonly string[]): Promise<TaskResult>;
  /** Texts about `k` itself: what there is, what it does, how it is set up. */
  about(question: AboutQuestion): Promise<string>;
  /** Trusts this project's own tasks and hooks, or no longer does; says what changed. */
  trust(wanted: boolean): Promise<string>;
  /** Writes the files that are made from the code; resolves with the paths of those that changed. */
  generate(write: boolean): Promise<readonly string[]>;
  readonly hooks: HookServices;
}

/** Git hooks. Each resolves with text that is ready to print, or prints it itself. */
export interface HookServices {
  /** Those named, or all that have a job. */
  install(hooks: readonly string[]): Promise<string>;
  uninstall(hooks: readonly string[]): Promise<string>;
  /** Prints how they stand, and fails where one does not fire. */
  status(json: boolean): Promise<TaskResult>;
  list(hooks: readonly string[], json: boolean): Promise<string>;
  validate(): Promise<string>;
  run(call: HookCall): Promise<TaskResult>;
}

/** A hook as git or a user calls it. */
export interface HookCall {
  readonly hook: string;
  /** What git gives to it. */
  readonly args: readonly string[];
  readonly jobs: readonly string[];
  readonly tags: readonly string[];
  /** Globs. */
  readonly exclude: readonly string[];
  readonly allFiles: boolean;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Undefined leaves it to the settings. */
  readonly fix: boolean | undefined;
  readonly byGit: boolean;
}

export type AboutQuestion =
  | { readonly kind: "help"; readonly task?: string }
  | { readonly kind: "list"; readonly json: boolean; readonly all: boolean }
  | { readonly kind: "tools"; readonly json: boolean }
  | { readonly kind: "config"; readonly json: boolean; readonly origin: boolean }
  | { readonly kind: "schema" }
  | { readonly kind: "version" };
