import { type Architecture, architectures, type EngineChoice } from "../core/docker.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { engineProblem } from "./explain.ts";
import type { Argv, DockerWorld } from "./world.ts";

export type EngineName = "docker" | "podman";

/** A container engine that answers. */
export interface Engine {
  readonly name: EngineName;
  /** The program, absolute. */
  readonly path: string;
  /** Of the machine on which containers run, which may be another one. */
  readonly architecture: Architecture;
}

/** How each is asked for its architecture, which only a daemon that answers can say. */
const question: Readonly<Record<EngineName, readonly string[]>> = {
  docker: ["version", "--format", "{{.Server.Arch}}"],
  podman: ["info", "--format", "{{.Host.Arch}}"],
};

const order: Readonly<Record<EngineChoice, readonly EngineName[]>> = {
  auto: ["docker", "podman"],
  docker: ["docker"],
  podman: ["podman"],
};

/** The engine that is wanted, or the first that answers; rejects with a `ProblemError` that says what is wrong with the first. */
export async function findEngine(choice: EngineChoice, world: DockerWorld): Promise<Engine> {
  const problems: Problem[] = [];
  for (const name of order[choice]) {
    const path = world.which(name);
    const found = path === undefined ? undefined : await askEngine(name, path, world);
    if (found !== undefined && "kind" in found) {
      problems.push(found);
    } else if (found !== undefined) {
      return found;
    }
  }
  const [first] = problems;
  throw new ProblemError(first ?? (await missingEngine(choice, world)));
}

async function askEngine(name: EngineName, path: string, world: DockerWorld): Promise<Engine | Problem> {
  const argv: Argv = [path, ...question[name]];
  const ran = await world.ask(argv, { timeout: 30 });
  const said = ran.stdout.trim();
  const architecture = architectures.find((one) => one === said || other[one] === said);
  if (ran.exitCode === 0 && architecture !== undefined) {
    return { name, path, architecture };
  }
  return ran.exitCode === 0 && said !== ""
    ? { kind: "container", what: `${name} runs on ${said}, for which there are no images`, hint: "use another engine" }
    : engineProblem(
        name,
        ran.timedOut ? "it does not answer" : ran.stderr || said,
        await world.mend("container-daemon")
      );
}

/** What uname calls them. */
const other: Readonly<Record<Architecture, string>> = { amd64: "x86_64", arm64: "aarch64" };

export function machineOf(architecture: Architecture): string {
  return other[architecture];
}

async function missingEngine(choice: EngineChoice, world: DockerWorld): Promise<Problem> {
  if (choice === "podman") {
    return { kind: "tool-missing", tool: "podman", install: "how to install it: https://podman.io/docs/installation" };
  }
  const install = (await world.mend("container-engine")) ?? "https://docs.docker.com/engine/install/";
  return { kind: "tool-missing", tool: "docker", install };
}
