import type { BuildTarget } from "./build-target.ts";
import type { DockerServices } from "./docker-services.ts";
import type { DeployServices } from "./deploy.ts";
import type { ImageServices } from "./image.ts";
import type { FormatRequest, LintRequest } from "./lint.ts";
import type { NixServices } from "./nix-services.ts";
import type { ScaffoldCall } from "./scaffold.ts";
import type { SetupCall, VerifyCall } from "./setup.ts";
import type { TaskResult } from "./task.ts";
import type { StartFlags } from "./vm.ts";

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
  whitespace(
    mode: "check" | "write",
    request: Pick<LintRequest, "paths" | "staged" | "since" | "shard">
  ): Promise<TaskResult>;
  /** Runs `k`'s own tests whose paths hold one of the words, and prints how many passed and failed. */
  runTests(words: readonly string[]): Promise<TaskResult>;
  /** Measures `k` side by side with its peers, in these suites or all, and writes `bench/RESULTS.md`. */
  bench(suites: readonly string[], quick: boolean): Promise<TaskResult>;
  /** Texts about `k` itself: what there is, what it does, how it is set up. */
  about(question: AboutQuestion): Promise<string>;
  /** Resolves with what was found valid; rejects with all that is wrong and where. */
  validateConfig(file: string | undefined): Promise<string>;
  /** Trusts this project's own tasks and hooks, or no longer does; says what changed. */
  trust(wanted: boolean): Promise<string>;
  /** Writes the files that are made from the code; resolves with the paths of those that changed. */
  generate(write: boolean): Promise<readonly string[]>;
  /** Builds `k` into one binary; resolves with what was built, in words. */
  build(call: BuildCall): Promise<string>;
  /** A job matrix for a CI: one line of JSON. `shards` undefined goes by the number of files. */
  ciMatrix(tasks: readonly string[], shards: number | undefined): Promise<string>;
  /** Runs a command of `k` again whenever files change, until the task's signal aborts. */
  watch(call: WatchCall): Promise<void>;
  readonly hooks: HookServices;
  readonly cache: CacheServices;
  readonly vm: VmServices;
  readonly nix: NixServices;
  readonly docker: DockerServices;
  readonly deploy: DeployServices;
  readonly image: ImageServices;
  readonly ledger: LedgerServices;
  readonly completions: CompletionServices;
  readonly graph: GraphServices;
  readonly health: HealthServices;
  readonly setup: SetupServices;
  readonly scaffold: ScaffoldServices;
  readonly clean: CleanServices;
}

/** What `k build` was asked for; paths as typed. */
export interface BuildCall {
  /** Where the launcher looks for it, where not given. */
  readonly out: string | undefined;
  readonly target: BuildTarget | undefined;
  /** The Bun of the target. */
  readonly bun: string | undefined;
  /** The home that a package will have. */
  readonly packageHome: string | undefined;
}

/** What `k watch` was asked for. */
export interface WatchCall {
  /** A command line of `k`, without `k`. */
  readonly command: readonly string[];
  readonly debounceMs: number;
  /** Globs of files; empty for all. */
  readonly only: readonly string[];
  readonly ignore: readonly string[];
  readonly postpone: boolean;
  readonly clear: boolean;
}

/** How this machine and project stand. */
export interface HealthServices {
  /** Prints the report; fails where something critical is not as it must be. */
  doctor(call: DoctorCall): Promise<TaskResult>;
  /** Text that is ready to print. */
  status(call: { readonly json: boolean; readonly full: boolean }): Promise<string>;
}

export interface DoctorCall {
  /** `nix` is all that Nix and the flake need. */
  readonly of: "all" | "nix";
  /** Without the network, daemons and evaluators. */
  readonly quick: boolean;
  /** Applies what is safe. */
  readonly fix: boolean;
  readonly json: boolean;
}

/** What makes a shell complete `k`. */
export interface CompletionServices {
  /** The script that a shell is to load. */
  script(shell: CompletedShell): Promise<string>;
  /** For these shells, or where none is named for those that are there; prints what it did. */
  change(action: "install" | "uninstall", shells: readonly CompletedShell[]): Promise<TaskResult>;
}

/** What tasks need, drawn. */
export interface GraphServices {
  /** Of these tasks, by name or alias, and all that they need; of all where none is named. */
  text(call: {
    readonly tasks: readonly string[];
    readonly as: "text" | "mermaid" | "dot" | "json" | "html";
    /** Hidden tasks too. */
    readonly all: boolean;
    /** In text: also who holds which lock. */
    readonly locks: boolean;
  }): Promise<string>;
  /** Writes a file, named from where the user stands. */
  write(path: string, text: string): Promise<void>;
}

export type CompletedShell = "bash" | "zsh" | "fish";

/** What makes a machine and a clone ready for work. */
export interface SetupServices {
  /** Asks on a terminal, does with `--yes`, and only tells elsewhere. */
  run(call: SetupCall): Promise<TaskResult>;
  /** Prints how things stand; fails where this repository is not ready. */
  verify(call: VerifyCall): Promise<TaskResult>;
}

/** What earlier runs of this project left; each prints it itself. */
export interface LedgerServices {
  /** How a run went: the last, or the one that `run` names. */
  last(question: { readonly run: string | undefined; readonly json: boolean }): Promise<TaskResult>;
  /** What a task printed, in the last run that had it or the one that `run` names; of all tasks of a run where none is named. */
  logs(question: { readonly task: string | undefined; readonly run: string | undefined }): Promise<TaskResult>;
  /** The runs that are kept, the newest first, or those with a task. */
  runs(question: { readonly task: string | undefined; readonly json: boolean }): Promise<TaskResult>;
}

/** New files with what they must have. */
export interface ScaffoldServices {
  /** Resolves with what was written and what comes next, in words. */
  create(call: ScaffoldCall): Promise<string>;
}

/** What `k` keeps, and nothing else. */
export interface CleanServices {
  /** Says what would go, asks, and removes it; `all` is beyond this project. */
  run(call: { readonly all: boolean }): Promise<TaskResult>;
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
  /** Paths from where the user stands: only these, as they are in the working tree. */
  readonly files: readonly string[];
  readonly allFiles: boolean;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Undefined leaves it to the settings. */
  readonly fix: boolean | undefined;
  readonly byGit: boolean;
}

export type AboutQuestion =
  | { readonly kind: "help"; readonly tasks: readonly string[] }
  | { readonly kind: "list"; readonly json: boolean; readonly all: boolean }
  | { readonly kind: "tools"; readonly json: boolean }
  | { readonly kind: "config"; readonly json: boolean; readonly origin: boolean }
  | { readonly kind: "schema" }
  | { readonly kind: "version" };

/** Virtual machines. A name that is not given is the default one. */
export interface VmServices {
  /** Builds the image with Nix; resolves with where it is, absolute. */
  build(): Promise<string>;
  /** Starts a machine, or leaves one that runs as it is, and resolves when it is ready. */
  start(flags: StartFlags): Promise<TaskResult>;
  /** Builds the image where none is given, puts the machine back to it, and starts. */
  deploy(flags: StartFlags): Promise<TaskResult>;
  /** The same, with the console on the user's own terminal from the first line on. */
  deployConsole(flags: StartFlags): Promise<TaskResult>;
  /** `grace` in seconds. */
  stop(name: string | undefined, grace: number | undefined): Promise<TaskResult>;
  /** Runs a command in the guest, a shell where there is none, on the user's own terminal. */
  ssh(name: string | undefined, command: readonly string[]): Promise<TaskResult>;
  /** The guest's console on the user's own terminal. */
  console(name: string | undefined): Promise<TaskResult>;
  status(name: string | undefined, json: boolean): Promise<string>;
  /** The console's log. */
  logs(name: string | undefined, lines: number | undefined): Promise<string>;
  list(json: boolean): Promise<string>;
  snapshot(name: string | undefined, snapshot: string): Promise<TaskResult>;
  listSnapshots(name: string | undefined): Promise<string>;
  restore(name: string | undefined, snapshot: string): Promise<TaskResult>;
  /** Back to the image: the disk and all snapshots go. */
  reset(name: string | undefined): Promise<TaskResult>;
  /** The machine and all its files go. */
  remove(name: string | undefined): Promise<TaskResult>;
  /** Copies between host and guest; a path of the guest begins with `:`. */
  copy(name: string | undefined, from: string, to: string): Promise<TaskResult>;
}

/** Results of earlier runs. Each resolves with text that is ready to print. */
export interface CacheServices {
  status(json: boolean): Promise<string>;
  clean(): Promise<string>;
  /** Forgets what was of no use for so many days, 30 where it is not said. */
  prune(days: number | undefined): Promise<string>;
  /** Of tasks or files: whether their results are known, and if not, what changed. */
  why(words: readonly string[]): Promise<string>;
}
