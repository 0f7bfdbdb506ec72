import type { Problem } from "../core/problem.ts";

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

export interface RunOptions {
  /** Absolute; the project's root where it is not given. */
  readonly cwd?: string;
  /** In seconds; 5 where it is not given. */
  readonly timeout?: number;
  /** Variables beside those of `k`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A tool of the tools table as it stands on this machine. */
export interface ToolState {
  readonly name: string;
  readonly origin: "nix" | "lockfile" | "path" | "missing";
  /** Undefined where it is missing or does not say it. */
  readonly version?: string;
  readonly pinned?: string;
  readonly oldest?: string;
  readonly path?: string;
  readonly install?: string;
  /** The project's config says that it must be there. */
  readonly required: boolean;
  /** Runs in its place. */
  readonly standIn?: string;
  /** Runs only where the config turns it on, and it does not. */
  readonly dormant: boolean;
}

export interface HookState {
  readonly folder: string;
  readonly installed: readonly string[];
  readonly problems: readonly Problem[];
  /** Other hook managers that this repository is set up for. */
  readonly others: readonly string[];
}

/** A virtual machine of `k`. */
export interface MachineState {
  readonly name: string;
  /** `broken` where what is kept of it cannot be read. */
  readonly state: "running" | "stopped" | "broken";
  /** Of its process, where it runs. */
  readonly pid?: number;
}

/** The completion of the user's own shell. */
export interface CompletionState {
  /** What installing it would do; undefined where it is installed as it must be. */
  due(): Promise<string | undefined>;
  /** Resolves with what it did; rejects with a `ProblemError`. */
  install(): Promise<string>;
}

/** The project as far as it could be read. */
export interface ProjectFacts {
  /** Absolute. */
  readonly root: string;
  readonly kind: "config" | "git" | "folder";
  /** The top of the working tree, where it is in one. */
  readonly worktree: string | undefined;
  /** What its settings or tasks are wrong about. */
  readonly faults: readonly Problem[];
  /** Its own code does not run: the user has not said that it may. */
  readonly untrusted: boolean;
}

/** All that checks meet the machine through. Nothing in it is read before a check asks. */
export interface World {
  readonly platform: string;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly user: { readonly name: string; readonly uid: number };
  readonly project: ProjectFacts;
  /** `k`'s home, absolute. */
  readonly home: string;
  /** What starts `k`, absolute: its launcher, or the built binary. */
  readonly program: string;
  readonly bun: { readonly version: string; readonly path: string };
  /** What `package.json` asks of Bun, as a range. */
  readonly bunRange: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly terminal: { readonly live: boolean; readonly columns: number };
  /** What the project's settings say of Nix: lines of remote builders, and the name of its cache at Cachix. */
  readonly nix: { readonly builders: readonly string[]; readonly cache: string | undefined };
  /** The port that a virtual machine's ssh gets first. */
  readonly sshPort: number;
  /** Answers with GitHub's rate limit. */
  readonly networkUrl: string;
  /** A path of the machine, such as `/etc/os-release`. */
  at(path: string): string;
  /** The absolute path of a program on PATH. */
  which(program: string): string | undefined;
  /** Never rejects; a program that cannot be started is exit code 127 with the reason as stderr. */
  run(argv: readonly [string, ...string[]], options?: RunOptions): Promise<Ran>;
  /** The same promise for the same key: what several checks rest on is asked once. */
  once<T>(key: string, make: () => Promise<T>): Promise<T>;
  /** The same machine, with nothing known of it. */
  afresh(): World;
  tools(): Promise<readonly ToolState[]>;
  /** By their files and processes: no machine is asked. */
  machines(): Promise<readonly MachineState[]>;
  readonly completions: CompletionState;
  /** Rejects with a `ProblemError`. */
  hooks(): Promise<HookState>;
  /** Rejects with a `ProblemError`; resolves with what it did. */
  installHooks(): Promise<string>;
}
