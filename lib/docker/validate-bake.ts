import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { architectures } from "../core/docker.ts";
import type { Problem } from "../core/problem.ts";
import { bakeName, type BakePlan, type BakeTarget } from "./bake-file.ts";
import { type DockerfileFacts, expand, readDockerfile } from "./read-dockerfile.ts";

/**
 * Whether what bake would do makes sense: Dockerfiles, stages and arguments that are there, names that are whole, a base for every
 * platform, and no two targets of a group that take each other's name. Returns all that is wrong.
 */
export function validateBake(plan: BakePlan, root: string): readonly Problem[] {
  const said = [
    ...plan.targets.flatMap((target) => targetFaults(target, root).map((what) => `target ${target.name}: ${what}`)),
    ...Object.entries(plan.groups).flatMap(([group, members]) => sharedTags(group, members)),
  ];
  return [...new Set(said)].map((why) => ({
    kind: "config",
    place: { file: bakeName },
    message: why,
  }));
}

function targetFaults(target: BakeTarget, root: string): readonly string[] {
  const file = join(root, target.context, target.dockerfile);
  if (!existsSync(file)) {
    return [`there is no ${join(target.context, target.dockerfile)}`];
  }
  const dockerfile = readDockerfile(readFileSync(file, "utf8"));
  return [
    ...stageFaults(target, dockerfile),
    ...argFaults(target, dockerfile),
    ...target.tags.flatMap((tag) => tagFaults(tag)),
    ...(target.tags.length === 0 ? ["it has no tag: what it builds could not be found again"] : []),
    ...platformFaults(target, dockerfile),
  ];
}

function stageFaults({ stage }: BakeTarget, { stages }: DockerfileFacts): readonly string[] {
  return stage === undefined || stages.includes(stage.toLowerCase())
    ? []
    : [`its Dockerfile has no stage ${stage}; there are: ${stages.join(", ") || "none"}`];
}

function argFaults({ args }: BakeTarget, dockerfile: DockerfileFacts): readonly string[] {
  return Object.entries(args).flatMap(([name, value]) => {
    if (!dockerfile.args.has(name)) {
      return [`its Dockerfile does not take ${name}`];
    }
    return value === "" ? [`${name} is empty`] : isOpen(value) ? [`${name} has no value: ${value}`] : [];
  });
}

/** Registry with port, folders, name, and a tag of at most 128 characters (the distribution project's grammar of references). */
const reference =
  /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*:[\w][\w.-]{0,127}$/;

function tagFaults(tag: string): readonly string[] {
  return isOpen(tag)
    ? [`the tag ${tag} has no value`]
    : reference.test(tag)
      ? []
      : [`the tag ${tag} is no name of an image`];
}

function isOpen(text: string): boolean {
  return text.includes("${");
}

/** Every platform is one that is known, and leads to a base by arguments that all have a value. */
function platformFaults(target: BakeTarget, dockerfile: DockerfileFacts): readonly string[] {
  return target.platforms.flatMap((platform) => {
    const architecture = architectures.find((one) => platform === `linux/${one}`);
    if (architecture === undefined) {
      return [`there are no images for ${platform}; for: ${architectures.map((one) => `linux/${one}`).join(", ")}`];
    }
    const values = new Map([...dockerfile.args, ...Object.entries(target.args), ["TARGETARCH", architecture] as const]);
    return baseFaults(target.stage, dockerfile, values).map((why) => `${platform}: ${why}`);
  });
}

function baseFaults(
  wanted: string | undefined,
  { bases }: DockerfileFacts,
  values: ReadonlyMap<string, string | undefined>
): readonly string[] {
  let at = bases.find(({ stage }) => wanted !== undefined && stage === wanted.toLowerCase()) ?? bases.at(-1);
  for (const _ of bases) {
    const image = at === undefined ? "" : expand(at.image, values);
    if (isOpen(image)) {
      return [`its base has no value: ${image}`];
    }
    if (image.endsWith(":") || image.startsWith(":") || image === "") {
      return [`its base ${at?.image ?? ""} has an empty part: ${image}`];
    }
    const next = bases.find(({ stage }) => stage === image.toLowerCase());
    if (next === undefined) {
      return image === "scratch" || /[:@/]/.test(image) ? [] : [`it has no base: there is no stage ${image}`];
    }
    at = next;
  }
  return ["its base leads back to itself"];
}

/** Two targets that are built together and give the same name to different platforms: the last would win. */
function sharedTags(group: string, targets: readonly BakeTarget[]): readonly string[] {
  const owners = new Map<string, string>();
  return targets.flatMap(({ name, tags }) =>
    tags.flatMap((tag) => {
      const first = owners.get(tag);
      owners.set(tag, first ?? name);
      return first === undefined || first === name
        ? []
        : [`group ${group}: ${first} and ${name} are both tagged ${tag}`];
    })
  );
}
