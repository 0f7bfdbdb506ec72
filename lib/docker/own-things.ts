import { ProblemError } from "../core/problem.ts";
import { refuseOthers } from "./compose.ts";
import { containersOf, linesOf, projectLabel } from "./containers.ts";
import { driverName, hasDriver } from "./driver.ts";
import { buildxOf } from "./plugin.ts";
import type { Argv, Docker } from "./world.ts";

/** On the images that this project's Dockerfiles make. */
export const ownLabel = "com.konductor.managed=true";

/** Something of this project in an engine, and what removes it, in this order. */
export interface OwnThing {
  readonly kind: "container" | "network" | "volume" | "image" | "builder" | "build cache";
  readonly name: string;
  readonly about: string;
  readonly commands: readonly Argv[];
}

export interface OwnWishes {
  readonly volumes: boolean;
  /** Named images and the builder too. */
  readonly images: boolean;
  /** Of the whole engine: BuildKit does not say whose it is. */
  readonly buildCache: boolean;
}

/** What is this project's, in the order in which it can go. Rejects with a `ProblemError` where it is another folder's. */
export async function findOwnThings(wishes: OwnWishes, docker: Docker): Promise<readonly OwnThing[]> {
  return [
    ...(await containers(docker)),
    ...(await networks(docker)),
    ...(wishes.volumes ? await volumes(docker) : []),
    ...(await danglingImages(docker)),
    ...(wishes.images ? [...(await namedImages(docker)), ...(await builder(docker))] : []),
    ...(wishes.buildCache ? await buildCache(docker) : []),
  ];
}

async function containers(docker: Docker): Promise<readonly OwnThing[]> {
  const all = await containersOf(docker);
  refuseOthers(all, docker);
  const { path } = docker.engine;
  return all.map(({ id, name, state }) => ({
    kind: "container",
    name,
    about: state,
    // `--volumes` is about those without a name.
    commands: [
      [path, "stop", id],
      [path, "rm", "--force", "--volumes", id],
    ],
  }));
}

const byLabel = ({ settings }: Docker): string => `label=${projectLabel}=${settings.project}`;

async function networks(docker: Docker): Promise<readonly OwnThing[]> {
  const { path } = docker.engine;
  const names = await linesOf([path, "network", "ls", "--filter", byLabel(docker), "--format", "{{.Name}}"], docker);
  return names.map((name) => ({ kind: "network", name, about: "", commands: [[path, "network", "rm", name]] }));
}

async function volumes(docker: Docker): Promise<readonly OwnThing[]> {
  const { path } = docker.engine;
  const names = await linesOf([path, "volume", "ls", "--filter", byLabel(docker), "--format", "{{.Name}}"], docker);
  return names.map((name) => ({
    kind: "volume",
    name,
    about: "its content is lost",
    commands: [[path, "volume", "rm", name]],
  }));
}

async function danglingImages(docker: Docker): Promise<readonly OwnThing[]> {
  const { path } = docker.engine;
  const filters = ["--filter", "dangling=true", "--filter", `label=${ownLabel}`];
  const rows = await linesOf([path, "image", "ls", "--no-trunc", ...filters, "--format", "{{.ID}}\t{{.Size}}"], docker);
  return [...new Set(rows)].map((row) => {
    const [id = "", size = ""] = row.split("\t");
    return {
      kind: "image",
      name: id.slice(0, 19),
      about: `${size}, without a name`,
      commands: [[path, "image", "rm", id]],
    };
  });
}

async function namedImages(docker: Docker): Promise<readonly OwnThing[]> {
  const { path } = docker.engine;
  const format = "{{.Repository}}:{{.Tag}}\t{{.Size}}";
  const rows = await linesOf([path, "image", "ls", "--format", format, docker.settings.image], docker);
  return rows
    .map((row) => row.split("\t"))
    .filter(([name = ""]) => name.startsWith(`${docker.settings.image}:`) && !name.endsWith(":<none>"))
    .map(([name = "", size = ""]) => ({ kind: "image", name, about: size, commands: [[path, "image", "rm", name]] }));
}

async function builder(docker: Docker): Promise<readonly OwnThing[]> {
  if (docker.engine.name === "podman") {
    return [];
  }
  const buildx = await buildxOf(docker).catch((error: unknown) => {
    if (error instanceof ProblemError) {
      return undefined;
    }
    throw error;
  });
  const name = driverName(docker);
  return buildx !== undefined && (await hasDriver(buildx, docker))
    ? [{ kind: "builder", name, about: "with its cache", commands: [[...buildx.argv, "rm", "--force", name]] }]
    : [];
}

async function buildCache(docker: Docker): Promise<readonly OwnThing[]> {
  const { path, name } = docker.engine;
  const argv: Argv =
    name === "docker"
      ? [path, "builder", "prune", "--all", "--force"]
      : [path, "image", "prune", "--force", "--build-cache"];
  const about = "of the WHOLE engine: what other projects built is built anew";
  return Promise.resolve([{ kind: "build cache", name: "build cache", about, commands: [argv] }]);
}
