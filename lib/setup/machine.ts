import { join } from "node:path";

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Absolute; the project's root where it is not given. */
  readonly cwd?: string;
  /** In seconds; 30 where it is not given. */
  readonly timeout?: number;
}

/** All that setup steps meet the world through. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly user: { readonly name: string; readonly uid: number };
  /** Where `k` is installed, absolute. */
  readonly home: string;
  /** The project's root, absolute. */
  readonly root: string;
  /** The top of the working tree, where there is one. */
  readonly worktree: string | undefined;
  /** What runs `k` from anywhere: its launcher, or the built binary. */
  readonly launcher: string;
  /** The user's question may be answered by another program on the terminal, as `sudo` asks for a password. */
  readonly attended: boolean;
  readonly signal: AbortSignal;
  now(): Date;
  /** A path of the machine, such as `/etc/passwd`. */
  at(path: string): string;
  mayWrite(path: string): boolean;
  /** The absolute path of a program on PATH. */
  which(program: string): string | undefined;
  /** Never rejects; a program that cannot be started is exit code 127 with the reason as stderr. */
  run(argv: readonly [string, ...string[]], options?: RunOptions): Promise<Ran>;
  /** The same with the terminal its own; resolves with the exit code. */
  runOpenly(argv: readonly [string, ...string[]], options?: RunOptions): Promise<number>;
  /** One line for the user. */
  say(line: string): void;
  readonly hooks: {
    /** Hooks that do not fire, or not this `k`. Rejects with a `ProblemError`. */
    missing(): Promise<readonly string[]>;
    install(): Promise<string>;
  };
  readonly completions: {
    /** What installing would change; empty where all is current. */
    look(): Promise<readonly string[]>;
    install(): Promise<string>;
  };
  readonly binary: {
    /** Where the launcher looks for it; undefined where none can be built. */
    readonly path: string | undefined;
    build(): Promise<string>;
  };
}

/** The user's home folder; undefined where HOME is not set to an absolute path. */
export function userHome({ env }: Pick<Machine, "env">): string | undefined {
  const home = env["HOME"];
  return home?.startsWith("/") === true ? home : undefined;
}

/** `$XDG_CONFIG_HOME`, or what stands for it. */
export function configHome(machine: Pick<Machine, "env">): string {
  const config = machine.env["XDG_CONFIG_HOME"];
  return config?.startsWith("/") === true ? config : join(userHome(machine) ?? "/", ".config");
}

/** Nix also where the shell that is open was started before it was installed. */
export function nixProgram(machine: Pick<Machine, "which" | "at">): string | undefined {
  const found = machine.which("nix");
  if (found !== undefined) {
    return found;
  }
  const usual = machine.at("/nix/var/nix/profiles/default/bin/nix");
  return machine.which(usual);
}
