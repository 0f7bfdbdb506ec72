import { architectures } from "../core/docker.ts";
import { baseImage } from "./build-base.ts";
import { needImage } from "./build-image.ts";
import { bakeEnv, type BakeTarget, bakePath, resolveBake } from "./bake-file.ts";
import { needLogin } from "./login.ts";
import { buildxOf } from "./plugin.ts";
import { runBuild } from "./run-build.ts";
import { type Argv, type Docker, platformOf } from "./world.ts";

/**
 * Builds targets of the bake file, and pushes them where that is wanted: then only with a login that the registry's settings
 * confirm. Resolves with the tags; rejects with a `ProblemError`.
 */
export async function bake(targets: readonly string[], push: boolean, docker: Docker): Promise<readonly string[]> {
  const { world, settings } = docker;
  const plan = await resolveBake(targets, docker);
  const tags = [...new Set(plan.targets.flatMap((target) => target.tags))];
  if (push) {
    await needLogin(tags, docker);
  }
  await needBases(plan.targets, docker);
  const buildx = await buildxOf(docker);
  const words: Argv = [
    "bake",
    "--file",
    bakePath(world.root),
    ...(settings.builder === undefined ? [] : ["--builder", settings.builder]),
    ...(push ? ["--push"] : []),
    ...targets,
  ];
  await runBuild(buildx, words, `bake ${targets.join(" ")}`, world, bakeEnv(docker));
  return tags;
}

/** The engine's own builder takes bases from the engine; any other gets them from the registry, and says so itself. */
async function needBases(targets: readonly BakeTarget[], docker: Docker): Promise<void> {
  if ((await driverOf(docker)) !== "docker") {
    return;
  }
  const own = docker.settings.image;
  for (const architecture of architectures) {
    const isBuilt = targets.some(
      ({ platforms, args }) =>
        args["BASE_IMAGE"] === own &&
        (platforms.includes(platformOf(architecture)) ||
          (platforms.length === 0 && architecture === docker.engine.architecture))
    );
    if (isBuilt) {
      await needImage(baseImage(architecture, docker), `k docker:build:nix2container:${architecture}`, docker);
    }
  }
}

/** The driver of the builder that would be used. */
export async function driverOf(docker: Docker): Promise<string | undefined> {
  const { argv } = await buildxOf(docker);
  const { builder } = docker.settings;
  const ran = await docker.world.ask([...argv, "inspect", ...(builder === undefined ? [] : [builder])]);
  return /^Driver:\s*(\S+)/m.exec(ran.stdout)?.[1];
}
