import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import { ownFolder } from "./own-folder.ts";
import { failed } from "./explain.ts";
import { type Buildx, buildxOf } from "./plugin.ts";
import type { Docker } from "./world.ts";

/** What the builder is called where the settings name none. */
export const builderName = "konductor-builder";

export function driverName({ settings }: Pick<Docker, "settings">): string {
  return settings.builder ?? builderName;
}

/** Makes the builder, in a container of its own and without the host's network, and starts it; one that is there stays. */
export async function createDriver(docker: Docker): Promise<string> {
  const buildx = await buildxOf(docker);
  const name = driverName(docker);
  if (await hasDriver(buildx, docker)) {
    return `${name} is there already`;
  }
  const words = ["create", "--name", name, "--driver", "docker-container", "--bootstrap"];
  const ran = await docker.world.show([...buildx.argv, ...words]);
  if (ran.exitCode !== 0) {
    // It is noted although it never ran.
    await docker.world.ask([...buildx.argv, "rm", name]);
    throw new ProblemError(failed(`${name} does not start`, ran.stderr || ran.stdout, ran.exitCode));
  }
  return `${name} is started`;
}

/** Makes it the one that this user's builds take. */
export async function useDriver(docker: Docker): Promise<string> {
  const said = await createDriver(docker);
  await buildxCall(["use", driverName(docker)], docker);
  return `${said}; your builds take it now, \`k docker:driver:reset\` undoes that`;
}

/** Back to the engine's own. */
export async function resetDriver(docker: Docker): Promise<string> {
  await buildxCall(["use", "default"], docker);
  return "your builds take the engine's own builder";
}

/** Takes it and its cache away, and the one that the bake file keeps in this project. */
export async function cleanDriver(docker: Docker): Promise<string> {
  const buildx = await buildxOf(docker);
  const name = driverName(docker);
  rmSync(join(docker.world.root, ownFolder, "buildx-cache"), { recursive: true, force: true });
  if (!(await hasDriver(buildx, docker))) {
    return `there is no ${name}`;
  }
  await buildxCall(["rm", "--force", name], docker);
  return `${name} and its cache are gone`;
}

export async function driverStatus(docker: Docker): Promise<string> {
  const { argv } = await buildxOf(docker);
  const { world } = docker;
  const list = await world.ask([...argv, "ls"]);
  const own = await world.ask([...argv, "inspect", driverName(docker)]);
  const about =
    own.exitCode === 0 ? own.stdout : `${driverName(docker)} is not there; \`k docker:driver:create\` makes it\n`;
  return `${list.stdout}\n${about}`;
}

export async function hasDriver({ argv }: Buildx, docker: Docker): Promise<boolean> {
  return (await docker.world.ask([...argv, "inspect", driverName(docker)])).exitCode === 0;
}

async function buildxCall(words: readonly string[], docker: Docker): Promise<void> {
  const { argv } = await buildxOf(docker);
  const ran = await docker.world.ask([...argv, ...words]);
  if (ran.exitCode !== 0) {
    const problem: Problem = failed(`buildx ${words.join(" ")}`, ran.stderr || ran.stdout, ran.exitCode);
    throw new ProblemError(problem);
  }
}
