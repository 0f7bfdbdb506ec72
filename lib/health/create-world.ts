import { join } from "node:path";
import type { Spawner } from "../host/process/spawner.ts";
import type {
  CompletionState,
  HookState,
  MachineState,
  ProjectFacts,
  Ran,
  RunOptions,
  ToolState,
  World,
} from "./world.ts";

/** What the caller knows of its process and project. */
export interface Surroundings {
  readonly platform: string;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly user: World["user"];
  readonly project: ProjectFacts;
  readonly home: string;
  readonly program: string;
  readonly bun: World["bun"];
  readonly bunRange: string;
  readonly terminal: World["terminal"];
  readonly spawner: Pick<Spawner, "run">;
  /** Ends what a check started. */
  readonly signal?: AbortSignal;
  /** The folder that stands for `/` where the machine's own files are read. */
  readonly machineRoot?: string;
  readonly nix?: World["nix"];
  readonly sshPort?: number;
  readonly networkUrl?: string;
  now(): number;
  tools(): Promise<readonly ToolState[]>;
  machines(): Promise<readonly MachineState[]>;
  readonly completions: CompletionState;
  hooks(): Promise<HookState>;
  installHooks(): Promise<string>;
}

/** In seconds. */
const patience = 5;

export function createWorld(around: Surroundings): World {
  const known = new Map<string, Promise<unknown>>();
  const { machineRoot = "/" } = around;
  return {
    ...around,
    now: around.now(),
    nix: around.nix ?? { builders: [], cache: undefined },
    sshPort: around.sshPort ?? 2222,
    networkUrl: around.networkUrl ?? "https://api.github.com/rate_limit",
    at: (path) => join(machineRoot, path),
    which: (program) => Bun.which(program, { PATH: around.env["PATH"] ?? "" }) ?? undefined,
    run: (argv, options) => run(argv, around, options),
    once<T>(key: string, make: () => Promise<T>): Promise<T> {
      const made = (known.get(key) as Promise<T> | undefined) ?? make();
      known.set(key, made);
      return made;
    },
    afresh: () => createWorld(around),
  };
}

async function run(
  argv: readonly [string, ...string[]],
  { env, spawner, signal, project }: Surroundings,
  { cwd = project.root, timeout = patience, env: more = {} }: RunOptions = {}
): Promise<Ran> {
  const ran = await spawner.run({
    argv,
    cwd,
    // Read by `k`, so in English; and never a question that nobody sees.
    env: { ...env, LC_ALL: "C", LANGUAGE: undefined, GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", ...more },
    timeout,
    ...(signal === undefined ? {} : { signal }),
  });
  return ran.spawnError === undefined ? ran : { exitCode: 127, stdout: "", stderr: ran.message, timedOut: false };
}
