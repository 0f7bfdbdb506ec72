import { ProblemError } from "../core/problem.ts";
import { failed } from "./explain.ts";
import type { Argv, Docker } from "./world.ts";

/** Compose puts these on all that it makes. */
export const projectLabel = "com.docker.compose.project";
const serviceLabel = "com.docker.compose.service";
const folderLabel = "com.docker.compose.project.working_dir";

/** A container of this project's compose file. */
export interface OwnContainer {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly health: string | undefined;
  readonly service: string | undefined;
  /** From where it was made. */
  readonly folder: string | undefined;
}

/** Containers of a compose project of this name, whoever made them. Rejects with a `ProblemError`. */
export async function containersOf(docker: Docker): Promise<readonly OwnContainer[]> {
  const { engine, settings } = docker;
  const filter = `label=${projectLabel}=${settings.project}`;
  const ids = await linesOf([engine.path, "ps", "--all", "--quiet", "--no-trunc", "--filter", filter], docker);
  if (ids.length === 0) {
    return [];
  }
  const said = await linesOf([engine.path, "container", "inspect", ...ids], docker);
  return (JSON.parse(said.join("\n")) as readonly Inspected[]).map(({ Id: id, Name, State, Config }) => ({
    id,
    name: Name.replace(/^\//, ""),
    state: State.Status,
    health: State.Health?.Status || undefined,
    service: Config.Labels?.[serviceLabel],
    folder: Config.Labels?.[folderLabel],
  }));
}

/** The engine's API: what of a container is read here. One without a health check has no `Health`, which no template forgives. */
interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly State: { readonly Status: string; readonly Health?: { readonly Status: string } };
  readonly Config: { readonly Labels?: Readonly<Record<string, string>> | null };
}

/** The development container that runs; rejects with a `ProblemError` where none does. */
export async function runningContainer(docker: Docker): Promise<OwnContainer> {
  const all = await containersOf(docker);
  const own = all.find(({ service, folder }) => service === docker.settings.service && folder === docker.world.root);
  if (own?.state !== "running") {
    throw new ProblemError({
      kind: "container",
      what: own === undefined ? "there is no development container" : `the development container is ${own.state}`,
      hint: "`k docker:up` starts it",
    });
  }
  return own;
}

/** What a command of the engine prints, a line each; rejects with a `ProblemError` where it fails. */
export async function linesOf(argv: Argv, { world }: Pick<Docker, "world">): Promise<readonly string[]> {
  const ran = await world.ask(argv);
  if (ran.exitCode !== 0) {
    throw new ProblemError(failed(argv.slice(1, 3).join(" "), ran.stderr || ran.stdout, ran.exitCode));
  }
  return ran.stdout.split("\n").filter((line) => line.trim() !== "");
}
