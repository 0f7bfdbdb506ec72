import { resolve } from "node:path";
import type { EngineChoice, EngineFlags, Selection } from "../core/docker.ts";
import type { BakeCall, CleanCall, DockerServices, DriverAction } from "../core/docker-services.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { bake } from "../docker/bake.ts";
import { resolveWholeBake } from "../docker/bake-file.ts";
import { buildBase } from "../docker/build-base.ts";
import { buildImage } from "../docker/build-image.ts";
import { cleanEngine } from "../docker/clean.ts";
import { composeCommand, composeDown, composeRebuild, composeRestart, composeUp } from "../docker/compose.ts";
import { runningContainer } from "../docker/containers.ts";
import { cleanDriver, createDriver, driverStatus, resetDriver, useDriver } from "../docker/driver.ts";
import { type Engine, findEngine } from "../docker/engine.ts";
import { failed } from "../docker/explain.ts";
import { sbomOf, scanImage } from "../docker/inspect-image.ts";
import { loginFromEnv, registryOf } from "../docker/login.ts";
import { pushImages } from "../docker/push.ts";
import { engineStatus, imagesText, ownImages, statusText } from "../docker/status.ts";
import { testContainer } from "../docker/test-container.ts";
import { validateBake } from "../docker/validate-bake.ts";
import type { Argv, Docker, DockerWorld } from "../docker/world.ts";
import { consentOf, withQuestions } from "./consent.ts";
import { dockerSettings, dockerWorld } from "./docker-world.ts";
import type { Wiring } from "./wiring.ts";

type Call<Name extends keyof DockerServices> = Parameters<DockerServices[Name]>[0];

/** What the `docker:*` tasks do: words of the user and of the settings to calls of the domain. */
export class DockerCommands {
  readonly #wiring: Wiring;
  readonly #context: Omit<TaskContext, "use">;
  readonly #world: DockerWorld;
  readonly #settings: ReturnType<typeof dockerSettings>;

  constructor(wiring: Wiring, context: Omit<TaskContext, "use">) {
    this.#wiring = wiring;
    this.#context = context;
    this.#world = dockerWorld(wiring, context);
    this.#settings = dockerSettings(wiring);
  }

  async build(stage: "base" | "image", selection: Exclude<Selection, "all">, flags: EngineFlags): Promise<TaskResult> {
    const docker = await this.#docker(flags);
    const architecture = selection === "native" ? docker.engine.architecture : selection;
    const names =
      stage === "base"
        ? [await buildBase(architecture, docker)]
        : await buildImage(architecture, selection === "native", docker);
    return passed(names.join(", "));
  }

  async bake({ targets, push, ...flags }: BakeCall): Promise<TaskResult> {
    const tags = await bake(targets, push, await this.#docker(flags));
    return passed(`${push ? "pushed" : "built"}: ${tags.join(", ")}`);
  }

  async validateBake(flags: EngineFlags): Promise<TaskResult> {
    const docker = await this.#programs(flags);
    const plan = await resolveWholeBake(docker);
    const problems = validateBake(plan, this.#world.root);
    return problems.length > 0
      ? { status: "failed", problems }
      : passed(`${plan.targets.length} targets: ${plan.targets.map(({ name }) => name).join(", ")}`);
  }

  async driver(action: DriverAction, flags: EngineFlags): Promise<TaskResult> {
    const docker = await this.#docker(flags);
    const actions = { create: createDriver, use: useDriver, reset: resetDriver, clean: cleanDriver };
    if (action === "status") {
      this.#context.print(await driverStatus(docker));
      return { status: "passed" };
    }
    return passed(await actions[action](docker));
  }

  async lifecycle(
    action: "up" | "down" | "restart" | "rebuild",
    { wait, ...flags }: EngineFlags & { readonly wait?: number | undefined }
  ): Promise<TaskResult> {
    const docker = await this.#docker(flags);
    if (action === "down") {
      await composeDown(docker);
      return passed("stopped; its volumes stay");
    }
    const actions = { up: composeUp, restart: composeRestart, rebuild: composeRebuild };
    await actions[action](wait, docker);
    return passed("it is healthy: `k docker:shell` is a shell in it");
  }

  async logs({ once, lines, ...flags }: Call<"logs">): Promise<TaskResult> {
    const docker = await this.#docker(flags);
    const more = [...(once ? [] : ["--follow"]), ...(lines === undefined ? [] : ["--tail", String(lines)])];
    return this.#handOver([...(await composeCommand(docker)), "logs", "--timestamps", ...more]);
  }

  async test({ quick, ...flags }: Call<"test">): Promise<TaskResult> {
    const problems = await testContainer(this.#settings.user, quick, await this.#docker(flags));
    return problems.length === 0 ? passed("all is as it must be") : { status: "failed", problems };
  }

  /** On the engine itself: compose would add words of its own. */
  async exec({ user, command, ...flags }: Call<"exec">): Promise<TaskResult> {
    const docker = await this.#docker(flags);
    const { id } = await runningContainer(docker);
    const { stdinIsTerminal, stdoutIsTerminal } = this.#wiring.io;
    const tty = stdinIsTerminal && stdoutIsTerminal ? ["--tty"] : [];
    const words = command.length === 0 ? ["bash", "-l"] : command;
    const as = user ?? this.#settings.user;
    return this.#handOver([docker.engine.path, "exec", "--interactive", ...tty, "--user", as, id, ...words]);
  }

  async status({ json, ...flags }: Call<"status">): Promise<string> {
    const status = await engineStatus(await this.#docker(flags));
    return json ? `${JSON.stringify(status, null, 2)}\n` : statusText(status);
  }

  async images({ json, ...flags }: Call<"images">): Promise<string> {
    const images = await ownImages(await this.#docker(flags));
    return json ? `${JSON.stringify({ version: 1, images }, null, 2)}\n` : imagesText(images);
  }

  async clean({ all, volumes, buildCache, ...flags }: CleanCall): Promise<TaskResult> {
    const docker = await this.#docker(flags);
    const wishes = { volumes: all || volumes, images: all, buildCache };
    const consent = consentOf(this.#wiring, this.#context.signal);
    return withQuestions(() => cleanEngine(wishes, consent, this.#context.print, docker));
  }

  async push({ only, tag, ...flags }: Call<"push">): Promise<TaskResult> {
    return passed(`pushed: ${(await pushImages(only, tag, await this.#docker(flags))).join(", ")}`);
  }

  /** With a token of the environment where there is one, else the engine asks on the terminal. */
  async login({ username, registry, ...flags }: Call<"login">): Promise<TaskResult> {
    const { engine } = await this.#docker(flags);
    const at = registry ?? registryOf(this.#settings.image);
    const known = loginFromEnv(at, username, this.#world);
    if (known === undefined) {
      refuseWithoutTerminal(at, this.#wiring.io.stdinIsTerminal);
      const user = username === undefined ? [] : ["--username", username];
      return this.#handOver([engine.path, "login", ...user, at]);
    }
    const argv: Argv = [engine.path, "login", "--username", known.username, "--password-stdin", at];
    const ran = await this.#world.ask(argv, { stdin: known.token });
    if (ran.exitCode !== 0) {
      throw new ProblemError(failed(`login to ${at} as ${known.username}`, ran.stderr, ran.exitCode));
    }
    return passed(`${known.username} is logged in to ${at}`);
  }

  async scan({ image, severity, ...flags }: Call<"scan">): Promise<TaskResult> {
    const problems = await scanImage(image, severity ?? "HIGH", await this.#docker(flags));
    return problems.length === 0 ? passed("nothing known") : { status: "failed", problems };
  }

  async sbom({ image, out, ...flags }: Call<"sbom">): Promise<TaskResult> {
    const file = out === undefined ? undefined : resolve(this.#context.cwd, out);
    this.#context.print(await sbomOf(image, file, await this.#docker(flags)));
    return { status: "passed" };
  }

  /** The user's own terminal is the program's, and its code is that of `k`. */
  async #handOver(argv: Argv): Promise<TaskResult> {
    const ran = await this.#context.exec(argv);
    return ran.exitCode === 0 ? { status: "passed" } : { status: "failed", problems: [], exitCode: ran.exitCode };
  }

  async #docker({ engine }: EngineFlags): Promise<Docker> {
    return {
      engine: await findEngine(this.#choice(engine), this.#world),
      world: this.#world,
      settings: this.#settings,
    };
  }

  /** For what needs the engine's programs and no daemon. */
  async #programs({ engine }: EngineFlags): Promise<Docker> {
    const path = this.#world.which("docker");
    if (path === undefined || this.#choice(engine) === "podman") {
      return this.#docker({ engine });
    }
    const own: Engine = { name: "docker", path, architecture: process.arch === "arm64" ? "arm64" : "amd64" };
    return { engine: own, world: this.#world, settings: this.#settings };
  }

  #choice(given: EngineChoice | undefined): EngineChoice {
    return given ?? this.#wiring.opened.config.docker.engine;
  }
}

function passed(note: string): TaskResult {
  return { status: "passed", note };
}

function refuseWithoutTerminal(registry: string, isTerminal: boolean): void {
  if (!isTerminal) {
    throw new ProblemError({
      kind: "refused",
      what: `there is nobody to ask for a login to ${registry}`,
      hint: "set REGISTRY_USER and REGISTRY_TOKEN (for ghcr.io, GITHUB_ACTOR and GITHUB_TOKEN do)",
    });
  }
}
