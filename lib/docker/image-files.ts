import { basename, dirname } from "node:path";
import { architectures } from "../core/docker.ts";
import type { Facts } from "../nix/facts.ts";
import { fillRegion } from "./region.ts";

/** `Dockerfile` with the facts in it. */
export function dockerfile(text: string, facts: Facts): string {
  const { users, meta } = facts;
  const args = [`BASE_IMAGE=${meta.image.name}`, ...baseTagArgs(facts).map(([name, tag]) => `${name}=${tag}`)];
  const { uid, gid } = defaultUserOf(facts);
  const folders: readonly Folder[] = [
    ...Object.values(users.users).map((user) => ({ path: user.home, owner: `${user.uid}:${user.gid}`, mode: "0700" })),
    { path: meta.workspace, owner: `${uid}:${gid}`, mode: "2775" },
    { path: "/tmp", owner: "0:0", mode: "1777" },
  ];
  const parents = [...new Set(folders.map(({ path }) => dirname(path)))].filter((path) => path !== "/");
  const withArgs = fillRegion(
    text,
    "facts",
    args.map((arg) => `ARG ${arg}`)
  );
  const withFolders = fillRegion(
    withArgs,
    "folders",
    folders.map(({ path }) => `WORKDIR /of/${basename(path)}/${basename(path)}`)
  );
  const withHomes = fillRegion(withFolders, "homes", [
    ...parents.map((path) => `WORKDIR ${path}`),
    ...folders.map((folder) => copyOf(folder)),
    `WORKDIR ${meta.workspace}`,
    `USER ${uid}:${gid}`,
  ]);
  const { command, interval, timeout, retries } = meta.image.health;
  const times = `--interval=${interval} --timeout=${timeout} --retries=${retries}`;
  return fillRegion(withHomes, "health", [`HEALTHCHECK ${times} CMD ${JSON.stringify([command])}`]);
}

interface Folder {
  /** Absolute, in the image. */
  readonly path: string;
  readonly owner: string;
  readonly mode: string;
}

/** From a folder that has nothing but it: COPY gives owner and mode to what is in a folder, not to the folder. */
function copyOf({ path, owner, mode }: Folder): string {
  return `COPY --from=folders --chown=${owner} --chmod=${mode} /of/${basename(path)} ${dirname(path)}`;
}

/** The argument of a build that names the base of an architecture. */
export function baseTagArg(architecture: string): string {
  return `BASE_TAG_${architecture.toUpperCase()}`;
}

function baseTagArgs({ meta }: Facts): readonly (readonly [string, string])[] {
  return architectures.map((architecture) => [baseTagArg(architecture), meta.image.baseTag[architecture]]);
}

function defaultUserOf({ users }: Facts) {
  const user = users.users[users.defaultUser];
  if (user === undefined) {
    throw new Error(`the facts have no user ${users.defaultUser}`);
  }
  return user;
}

/** `bake.hcl` with the facts in it. */
export function bakeFile(text: string, facts: Facts): string {
  const { meta } = facts;
  const variables: readonly (readonly [string, string])[] = [
    ["IMAGE_TITLE", meta.name],
    ["IMAGE_VENDOR", meta.image.vendor],
    ["IMAGE_SOURCE", meta.homepage],
    ["IMAGE_LICENSE", meta.license],
    ["IMAGE", meta.image.name],
    ["BASE_IMAGE", meta.image.name],
    ...baseTagArgs(facts),
  ];
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["ARCHITECTURES", architectures],
    ["PLATFORMS", architectures.map((architecture) => `linux/${architecture}`)],
  ];
  return fillRegion(text, "facts", [
    ...variables.flatMap(([name, value]) => variable(name, JSON.stringify(value))),
    ...lists.flatMap(([name, values]) => variable(name, `[${values.map((one) => JSON.stringify(one)).join(", ")}]`)),
  ]);
}

function variable(name: string, value: string): readonly string[] {
  return [`variable "${name}" {`, `  default = ${value}`, "}"];
}
