import { containersOf, linesOf, type OwnContainer } from "./containers.ts";
import { inColumns } from "../core/in-columns.ts";
import { answerOf, type Docker } from "./world.ts";

export interface EngineStatus {
  readonly version: 1;
  readonly engine: {
    readonly name: string;
    readonly path: string;
    readonly architecture: string;
    readonly server: string;
  };
  readonly buildx: string | null;
  readonly compose: string | null;
  readonly containers: readonly OwnContainer[];
  readonly images: readonly ImageRow[];
  /** Of the whole engine, in the engine's own words. */
  readonly disk: readonly {
    readonly type: string;
    readonly count: string;
    readonly size: string;
    readonly reclaimable: string;
  }[];
}

export interface ImageRow {
  readonly name: string;
  readonly id: string;
  readonly size: string;
  readonly created: string;
}

/** How the engine and this project's things in it stand. */
export async function engineStatus(docker: Docker): Promise<EngineStatus> {
  const { engine, world } = docker;
  const { name, path, architecture } = engine;
  const version = name === "docker" ? "{{.Server.Version}}" : "{{.Client.Version}}";
  const diskFormat = "{{.Type}}\t{{.TotalCount}}\t{{.Size}}\t{{.Reclaimable}}";
  const [server, buildx, compose, containers, images, disk] = await Promise.all([
    answerOf(world, [path, "version", "--format", version]),
    name === "docker" ? answerOf(world, [path, "buildx", "version"]) : undefined,
    answerOf(world, [path, "compose", "version", "--short"]),
    containersOf(docker),
    ownImages(docker),
    linesOf([path, "system", "df", "--format", diskFormat], docker),
  ]);
  return {
    version: 1,
    engine: { name, path, architecture, server: server ?? "" },
    buildx: buildx ?? null,
    compose: compose ?? null,
    containers,
    images,
    disk: disk.map((row) => {
      const [type = "", count = "", size = "", reclaimable = ""] = row.split("\t");
      return { type, count, size, reclaimable };
    }),
  };
}

/** The images of this project by name, each with all its tags. */
export async function ownImages(docker: Docker): Promise<readonly ImageRow[]> {
  const format = "{{.Repository}}:{{.Tag}}\t{{.ID}}\t{{.Size}}\t{{.CreatedSince}}";
  const rows = await linesOf([docker.engine.path, "image", "ls", "--format", format, docker.settings.image], docker);
  return rows.map((row) => {
    const [name = "", id = "", size = "", created = ""] = row.split("\t");
    return { name, id, size, created };
  });
}

export function statusText(status: EngineStatus): string {
  const { engine, buildx, compose, containers, images, disk } = status;
  return [
    inColumns([
      ["engine", `${engine.name} ${engine.server} for ${engine.architecture}, ${engine.path}`],
      ["buildx", buildx ?? "not there"],
      ["compose", compose ?? "not there"],
    ]),
    containers.length === 0
      ? "no development container; `k docker:up` starts it\n"
      : inColumns(containers.map(({ name, state, health, folder }) => [name, state, health ?? "", folder ?? ""])),
    imagesText(images),
    inColumns([
      ["all of the engine", "count", "size", "can go"],
      ...disk.map((row) => [row.type, row.count, row.size, row.reclaimable]),
    ]),
  ].join("\n");
}

export function imagesText(images: readonly ImageRow[]): string {
  return images.length === 0
    ? "no images of this project; `k docker:build` makes one\n"
    : inColumns(images.map(({ name, id, size, created }) => [name, id, size, created]));
}
