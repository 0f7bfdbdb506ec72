import { type Problem, ProblemError } from "../core/problem.ts";
import type { Argv, Docker } from "./world.ts";

/** The oldest buildx that tells of its steps as JSON. */
const rawJsonSince = [0, 13] as const;

export interface Buildx {
  readonly argv: Argv;
  /** Whether `--progress rawjson` is there. */
  readonly tellsJson: boolean;
}

/** buildx of the engine; rejects with a `ProblemError` where it has none. */
export async function buildxOf({ engine, world }: Docker): Promise<Buildx> {
  if (engine.name === "podman") {
    throw new ProblemError({
      kind: "wrong-use",
      message: "podman has no buildx: bake and builders are of docker",
      hint: "`k docker:build` works with podman; for the rest, use --engine docker",
    });
  }
  const argv: Argv = [engine.path, "buildx"];
  const ran = await world.ask([...argv, "version"]);
  const version = /\bv?(\d+)\.(\d+)\.\d+/.exec(ran.stdout);
  if (ran.exitCode !== 0 || version === null) {
    throw new ProblemError(await missingPlugin("buildx", "docker-buildx", ran.stderr, world));
  }
  const [major, minor] = [Number(version[1]), Number(version[2])];
  return { argv, tellsJson: major > rawJsonSince[0] || minor >= rawJsonSince[1] };
}

/** Compose of the engine; rejects with a `ProblemError` where it has none. */
export async function composeOf({ engine, world }: Docker): Promise<Argv> {
  const argv: Argv = [engine.path, "compose"];
  const ran = await world.ask([...argv, "version"]);
  if (ran.exitCode === 0) {
    refuseOld(ran.stdout, engine.path);
    return argv;
  }
  const alone = engine.name === "podman" ? world.which("podman-compose") : undefined;
  if (alone !== undefined) {
    return [alone];
  }
  throw new ProblemError(await missingPlugin("compose", "docker-compose", ran.stderr, world));
}

/** `include` of compose files came with 2.20; what `podman compose` calls says its version in other words. */
function refuseOld(said: string, path: string): void {
  const version = /Docker Compose version v?((\d+)\.(\d+)\S*)/.exec(said);
  const [major, minor] = [Number(version?.[2] ?? 2), Number(version?.[3] ?? 20)];
  if (major < 2 || (major === 2 && minor < 20)) {
    throw new ProblemError({
      kind: "tool-too-old",
      tool: "docker compose",
      found: version?.[1] ?? "",
      oldest: "2.20",
      path,
    });
  }
}

async function missingPlugin(name: string, tool: string, said: string, world: Docker["world"]): Promise<Problem> {
  const page = `https://docs.docker.com/${name === "buildx" ? "build/install-buildx" : "compose/install"}/`;
  const isBroken =
    said.trim() !== "" &&
    !/is not a (docker )?command|unknown (flag|shorthand|command)|unrecognized command/i.test(said);
  return isBroken
    ? { kind: "not-ready", check: name, found: said.trim().split("\n")[0] ?? "", mend: page }
    : { kind: "tool-missing", tool, install: (await world.mend(name)) ?? page };
}
