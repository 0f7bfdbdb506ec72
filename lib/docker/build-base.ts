import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Architecture } from "../core/docker.ts";
import { ProblemError } from "../core/problem.ts";
import { buildOutputs } from "../nix/build.ts";
import { konductorFacts } from "../nix/facts.ts";
import { checkEmulation } from "./emulation.ts";
import { machineOf } from "./engine.ts";
import { failed } from "./explain.ts";
import { ownFolder } from "./own-folder.ts";
import { answerOf, type Argv, type Docker } from "./world.ts";

/** The base image of an architecture, with its tag. */
export function baseImage(architecture: Architecture, { settings }: Pick<Docker, "settings">): string {
  return `${settings.image}:${konductorFacts.meta.image.baseTag[architecture]}`;
}

/**
 * Builds the base of one architecture with Nix and gives it to the engine under the tag of that architecture; resolves with its
 * name. Out-link and tag are of the architecture, so two of these never mix. Rejects with a `ProblemError`.
 */
export async function buildBase(architecture: Architecture, docker: Docker): Promise<string> {
  const { world } = docker;
  checkEmulation(architecture, docker);
  const link = outLink(architecture, world.root);
  await buildOutputs([{ reference: baseOutput(architecture), link }], world.nix);
  const image = baseImage(architecture, docker);
  world.stage({ text: `copying ${image}` });
  const copied = await world.show(await copyCommand(link, image, docker), { cwd: world.root });
  if (copied.exitCode !== 0) {
    throw new ProblemError(
      failed(`${image} to ${docker.engine.name}`, copied.stderr || copied.stdout, copied.exitCode)
    );
  }
  await checkArchitecture(image, architecture, docker);
  return image;
}

/** A program that nix2container makes, which copies the image to where it is told. */
function baseOutput(architecture: Architecture): string {
  return `.#packages.${machineOf(architecture)}-linux.oci.copyTo`;
}

function outLink(architecture: Architecture, root: string): string {
  const folder = join(root, ownFolder);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, ".gitignore"), "*\n");
  return join(folder, `oci-${architecture}`);
}

/** skopeo, which does the copying, looks at neither DOCKER_HOST nor the user's context. */
async function copyCommand(link: string, image: string, { engine, world }: Docker): Promise<Argv> {
  const program = join(link, "bin", "copy-to");
  if (engine.name === "podman") {
    return [program, `containers-storage:${image}`];
  }
  const inspect: Argv = [engine.path, "context", "inspect", "--format", "{{.Endpoints.docker.Host}}"];
  const host = world.env["DOCKER_HOST"] ?? (await answerOf(world, inspect)) ?? "";
  return [program, ...(host === "" ? [] : ["--dest-daemon-host", host]), `docker-daemon:${image}`];
}

async function checkArchitecture(image: string, architecture: Architecture, { engine, world }: Docker): Promise<void> {
  const found = await answerOf(world, [engine.path, "image", "inspect", "--format", "{{.Architecture}}", image]);
  if (found !== architecture) {
    throw new ProblemError({
      kind: "container",
      what:
        found === undefined
          ? `${engine.name} has no ${image} after it was copied`
          : `${image} is for ${found}, not for ${architecture}`,
      hint: `the flake's output for ${machineOf(architecture)}-linux is another than it should be: \`nix flake show\``,
    });
  }
}
