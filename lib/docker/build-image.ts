import type { Architecture } from "../core/docker.ts";
import { ProblemError } from "../core/problem.ts";
import { konductorFacts } from "../nix/facts.ts";
import { baseImage } from "./build-base.ts";
import { failed } from "./explain.ts";
import { baseTagArg } from "./image-files.ts";
import { buildxOf } from "./plugin.ts";
import { runBuild } from "./run-build.ts";
import { type Argv, type Docker, platformOf } from "./world.ts";

/** The name without an architecture, for who wants the one that runs here. */
export const latestTag = "latest";

/** The image of an architecture, with its tag. */
export function imageOf(architecture: Architecture, { settings }: Pick<Docker, "settings">): string {
  return `${settings.image}:${architecture}`;
}

/**
 * Builds the image of one architecture on its base, which must be in the engine; resolves with its names. Nothing in it is
 * executed, so it needs no emulation. Rejects with a `ProblemError`.
 */
export async function buildImage(
  architecture: Architecture,
  isNative: boolean,
  docker: Docker
): Promise<readonly string[]> {
  const { engine, world, settings } = docker;
  await needImage(baseImage(architecture, docker), `k docker:build:nix2container:${architecture}`, docker);
  const names = [imageOf(architecture, docker), ...(isNative ? [`${settings.image}:${latestTag}`] : [])];
  const what = `the image for ${architecture}`;
  const words = imageWords(architecture, names, docker);
  if (engine.name === "podman") {
    const ran = await world.show([engine.path, "build", ...words], { cwd: world.root });
    if (ran.exitCode !== 0) {
      throw new ProblemError(failed(what, ran.stderr || ran.stdout, ran.exitCode));
    }
  } else {
    // The engine's own builder: no other sees the images that it has.
    await runBuild(await buildxOf(docker), ["build", "--builder", "default", "--load", ...words], what, world);
  }
  return names;
}

function imageWords(architecture: Architecture, names: readonly string[], { settings }: Docker): readonly string[] {
  return [
    "--platform",
    platformOf(architecture),
    "--build-arg",
    `BASE_IMAGE=${settings.image}`,
    "--build-arg",
    `${baseTagArg(architecture)}=${konductorFacts.meta.image.baseTag[architecture]}`,
    "--target",
    "production",
    ...names.flatMap((name) => ["--tag", name]),
    "--file",
    "Dockerfile",
    ".",
  ];
}

/** Rejects with a `ProblemError` that names the task which makes it. */
export async function needImage(image: string, task: string, { engine, world }: Docker): Promise<void> {
  const argv: Argv = [engine.path, "image", "inspect", "--format", "{{.Id}}", image];
  if ((await world.ask(argv)).exitCode !== 0) {
    throw new ProblemError({ kind: "container", what: `there is no image ${image}`, hint: `\`${task}\` builds it` });
  }
}
