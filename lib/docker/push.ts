import { architectures, type Architecture } from "../core/docker.ts";
import { ProblemError } from "../core/problem.ts";
import { imageOf, latestTag, needImage } from "./build-image.ts";
import { failed } from "./explain.ts";
import { needLogin } from "./login.ts";
import { buildxOf } from "./plugin.ts";
import type { Argv, Docker } from "./world.ts";

/**
 * Pushes the images of these architectures, and where they are all of them one name that leads each machine to its own. Resolves
 * with what is there now; rejects with a `ProblemError`, nothing being pushed where an image or the login is missing.
 */
export async function pushImages(
  only: readonly Architecture[],
  tag: string | undefined,
  docker: Docker
): Promise<readonly string[]> {
  const { settings } = docker;
  const wanted = only.length === 0 ? architectures : only;
  for (const architecture of wanted) {
    await needImage(imageOf(architecture, docker), `k docker:build:${architecture}`, docker);
  }
  await needLogin([settings.image], docker);
  const images = wanted.map((architecture) => imageOf(architecture, docker));
  for (const image of images) {
    await run([docker.engine.path, "push", image], `push of ${image}`, docker);
  }
  if (wanted.length < architectures.length && tag === undefined) {
    return images;
  }
  const name = `${settings.image}:${tag ?? latestTag}`;
  await joinImages(name, images, docker);
  return [...images, name];
}

async function joinImages(name: string, images: readonly string[], docker: Docker): Promise<void> {
  const { engine } = docker;
  if (engine.name === "docker") {
    const { argv } = await buildxOf(docker);
    await run([...argv, "imagetools", "create", "--tag", name, ...images], `the index ${name}`, docker);
    return;
  }
  await run([engine.path, "manifest", "create", "--amend", name, ...images], `the index ${name}`, docker);
  await run([engine.path, "manifest", "push", "--all", name, `docker://${name}`], `push of ${name}`, docker);
}

async function run(argv: Argv, what: string, { world }: Docker): Promise<void> {
  world.stage({ text: what });
  const ran = await world.show(argv, { cwd: world.root });
  if (ran.exitCode !== 0) {
    throw new ProblemError(failed(what, ran.stderr || ran.stdout, ran.exitCode));
  }
}
