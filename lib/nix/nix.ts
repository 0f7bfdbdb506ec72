import { dirname, join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import type { SpawnResult } from "../host/process/request.ts";
import { compareVersions } from "../host/tool-version.ts";
import { Activity, type Told } from "./activity.ts";
import { parseNixEvent } from "./nix-event.ts";
import { missingNix, nixProblem, notStarted } from "./problems.ts";
import { flavourOf, nixVersion, oldestNix } from "./version.ts";
import type { NixWorld } from "./world.ts";

export interface NixOptions {
  /** In seconds; none where it is not given. */
  readonly timeout?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What came of a command whose events were followed. */
export interface Followed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly activity: Activity;
  /** What it printed that is no event: an error before the log began. */
  readonly rest: string;
}

/** The words that turn on what all of this needs, whatever nix.conf says. */
const features = ["--extra-experimental-features", "nix-command flakes"];

/** Where a shell that is older than the installation does not look. */
const usualPlace = "/nix/var/nix/profiles/default/bin/nix";

/** Nix as it stands on this machine. */
export class Nix {
  readonly path: string;
  readonly version: string;
  readonly flavour: string;
  readonly #world: NixWorld;

  private constructor(path: string, said: string, world: NixWorld) {
    this.path = path;
    this.version = nixVersion(said) ?? "0";
    this.flavour = flavourOf(said);
    this.#world = world;
  }

  /** Rejects with a `ProblemError` where there is none, or none that works. */
  static async find(world: NixWorld): Promise<Nix> {
    const path = findNix(world.env);
    if (path === undefined) {
      throw new ProblemError(missingNix);
    }
    const said = await start(world, [path, "--version"], {});
    if (said.exitCode !== 0 || nixVersion(said.stdout) === undefined) {
      const found = `\`${path} --version\` exits with ${said.exitCode}: ${(said.stderr || said.stdout).trim()}`;
      throw new ProblemError({ kind: "not-ready", check: "nix", found, mend: "mend or remove that installation" });
    }
    return new Nix(path, said.stdout, world);
  }

  /** The same, and new enough for flakes as this version of `k` uses them; `what` needs it. */
  static async recent(world: NixWorld, what: string): Promise<Nix> {
    const nix = await Nix.find(world);
    if (compareVersions(nix.version, oldestNix.supported) < 0) {
      throw new ProblemError({
        kind: "not-ready",
        check: "nix",
        found: `${nix.flavour} ${nix.version} at ${nix.path} cannot do ${what}: ${oldestNix.supported} or newer is needed`,
        mend: "upgrade it the way it was installed, or remove it and run `k setup:nix`",
      });
    }
    return nix;
  }

  /** Collects both streams. Never rejects but where it cannot be started; the code is the caller's to judge. */
  run(args: readonly string[], options: NixOptions = {}): Promise<SpawnResult> {
    return start(this.#world, [this.path, ...features, ...args], options);
  }

  /** The same, and rejects with a `ProblemError` where it fails. */
  async output(args: readonly string[], options: NixOptions = {}): Promise<string> {
    const ran = await this.run(args, options);
    if (ran.exitCode !== 0) {
      throw new ProblemError(nixProblem(args, ran.exitCode, ran.stderr));
    }
    return ran.stdout;
  }

  /** One of the older programs that come with it, such as `nix-store`. */
  async older(program: string, args: readonly string[], options: NixOptions = {}): Promise<SpawnResult> {
    const beside = join(dirname(this.path), program);
    const path = which(beside, this.#world.env) ?? which(program, this.#world.env);
    if (path === undefined) {
      throw new ProblemError({
        kind: "tool-missing",
        tool: program,
        install: `it comes with Nix, and is not beside ${this.path}`,
      });
    }
    return start(this.#world, [path, ...args], options);
  }

  /** Runs with the log as events: they become the task's progress, and `tell` gets what is worth a line. */
  async follow(args: readonly string[], tell: (told: Told) => void): Promise<Followed> {
    const { spawner, env, root, signal, progress, now } = this.#world;
    const activity = new Activity();
    const stdout: string[] = [];
    const rest: string[] = [];
    let line = "";
    let shown = "";
    const take = (text: string): void => {
      const lines = (line + text).split("\n");
      line = lines.pop() ?? "";
      for (const one of lines) {
        const event = parseNixEvent(one);
        const told = event === undefined ? undefined : activity.apply(event, now());
        if (event === undefined && !one.startsWith("@nix ")) {
          rest.push(one);
        }
        if (told !== undefined) {
          tell(told);
        }
      }
      const step = activity.progress();
      const words = `${step.text} ${step.done}/${step.total}`;
      if (words !== shown) {
        shown = words;
        progress(step);
      }
    };
    const ran = await spawner.run({
      argv: [this.path, ...features, ...args, "--log-format", "internal-json"],
      cwd: root,
      env,
      signal,
      capture: false,
      onOutput: (stream, text) => (stream === "stdout" ? void stdout.push(text) : take(text)),
    });
    if (ran.spawnError !== undefined) {
      throw new ProblemError(notStarted(this.path, ran.message));
    }
    take("\n");
    return { exitCode: ran.exitCode, stdout: stdout.join(""), activity, rest: rest.join("\n").trim() };
  }
}

/** On PATH, or where an installation puts it. */
export function findNix(env: NixWorld["env"]): string | undefined {
  return which("nix", env) ?? which(usualPlace, env);
}

async function start(
  { spawner, env, root, signal }: NixWorld,
  argv: readonly [string, ...string[]],
  options: NixOptions
): Promise<SpawnResult> {
  const ran = await spawner.run({
    argv,
    cwd: root,
    env: { ...env, ...options.env },
    signal,
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
  });
  if (ran.spawnError !== undefined) {
    throw new ProblemError(notStarted(argv[0], ran.message));
  }
  return ran;
}

function which(program: string, env: NixWorld["env"]): string | undefined {
  return Bun.which(program, { PATH: env["PATH"] ?? "" }) ?? undefined;
}
