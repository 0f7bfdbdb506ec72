import type { Spawner, SpawnResult } from "../host/process/spawner.ts";
import { type Problem, ProblemError } from "../core/problem.ts";

/** What the domain needs of the machine it runs on. */
export interface VmWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly spawner: Spawner;
  readonly signal: AbortSignal;
  /** One line for the user. */
  say(text: string): void;
  /** What is being waited for right now. */
  stage(text: string): void;
}

/** The program's path; throws a `ProblemError` with the package that brings it. */
export function programIn({ env }: Pick<VmWorld, "env">, name: string, debianPackage: string): string {
  const path = Bun.which(name, { PATH: env["PATH"] ?? "" });
  if (path === null) {
    throw new ProblemError({
      kind: "tool-missing",
      tool: name,
      install: `\`apt-get install ${debianPackage}\` brings it, and so does \`nix develop .#konductor\``,
    });
  }
  return path;
}

export interface CallOptions {
  readonly stdin?: string | Uint8Array;
  /** In seconds. */
  readonly timeout?: number;
  /** Something stays behind on purpose. */
  readonly daemon?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets what it prints on stdout as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Runs a program to its end, whatever its exit code. Rejects with a `ProblemError` where it cannot be started. */
export async function call(
  { env, spawner, signal }: VmWorld,
  argv: readonly [string, ...string[]],
  { stdin, timeout, daemon, env: more, onOutput }: CallOptions = {}
): Promise<SpawnResult> {
  const outcome = await spawner.run({
    argv,
    cwd: "/",
    env: { ...env, ...more, LC_ALL: "C" },
    signal,
    ...(stdin === undefined ? {} : { stdin }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(daemon === true ? { daemon } : {}),
    ...(onOutput === undefined
      ? {}
      : { onOutput: (stream, text) => (stream === "stdout" ? onOutput(text) : undefined) }),
  });
  if (outcome.spawnError !== undefined) {
    throw new ProblemError({ kind: "tool-not-started", tool: argv[0], why: outcome.message, command: argv.join(" ") });
  }
  return outcome;
}

/** As `call`; rejects with a `ProblemError` made of what it said, where it fails. */
export async function callOrFail(
  world: VmWorld,
  argv: readonly [string, ...string[]],
  problem: (said: string) => Problem,
  options: CallOptions = {}
): Promise<string> {
  const result = await call(world, argv, options);
  if (result.exitCode !== 0) {
    throw new ProblemError(problem((result.stderr || result.stdout).trim()));
  }
  return result.stdout;
}
