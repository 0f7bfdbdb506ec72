import { existsSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { konductorFacts } from "../nix/facts.ts";
import { containersOf, type OwnContainer } from "./containers.ts";
import { explain, lastLine, tail } from "./explain.ts";
import { composeOf } from "./plugin.ts";
import type { Argv, Docker, DockerWorld } from "./world.ts";

const composeName = "compose.yaml";

/** In seconds: a first start builds nothing any more, and Nix's daemon answers in a few. */
const patience = 180;

/** Starts the development container and resolves when it is healthy; one that runs is left as it is where nothing changed. */
export async function composeUp(wait: number | undefined, docker: Docker): Promise<void> {
  const words = ["up", "--detach", "--build", "--remove-orphans", "--wait", "--wait-timeout", String(wait ?? patience)];
  await compose(words, "the development container does not start", docker);
}

/** Stops it and removes container and network; volumes stay. */
export async function composeDown(docker: Docker): Promise<void> {
  await compose(["down", "--remove-orphans"], "the development container does not stop", docker);
}

/** One after the other, by this one task: two tasks would be free to overlap. */
export async function composeRestart(wait: number | undefined, docker: Docker): Promise<void> {
  await composeDown(docker);
  await composeUp(wait, docker);
}

/** The image is built before the old container goes, so that one that cannot be built takes nothing away. */
export async function composeRebuild(wait: number | undefined, docker: Docker): Promise<void> {
  await compose(["build", "--no-cache"], "the development container cannot be built", docker);
  await composeRestart(wait, docker);
}

/** What compose is called with for this project. Rejects with a `ProblemError` where there is none, or it is another's. */
export async function composeCommand(docker: Docker): Promise<Argv> {
  const { world, settings } = docker;
  const file = join(world.root, composeName);
  if (!existsSync(file)) {
    throw new ProblemError({
      kind: "file",
      path: composeName,
      what: "there is no development container",
      why: "this project has no such file",
      hint: "Konductor's own, with .devcontainer/, is one to begin with",
    });
  }
  const argv = await composeOf(docker);
  refuseOthers(await containersOf(docker), docker);
  return [...argv, "--project-name", settings.project, "--file", file];
}

/** Throws a `ProblemError` where another folder runs a project of this name. */
export function refuseOthers(containers: readonly OwnContainer[], { world, settings }: Docker): void {
  const other = containers.find(({ folder }) => folder !== undefined && folder !== world.root);
  if (other !== undefined) {
    throw new ProblemError({
      kind: "refused",
      what: `${settings.project} is another folder's: ${other.name} was made by ${other.folder}`,
      hint: 'give this one a name of its own: `project = "NAME"` in [docker] of konductor.local.toml',
    });
  }
}

async function compose(words: readonly string[], what: string, docker: Docker): Promise<void> {
  const { world } = docker;
  const argv: Argv = [...(await composeCommand(docker)), ...words];
  let said = "";
  const onOutput = (text: string): void => {
    said += text;
    const line = lastLine(text);
    if (line !== "") {
      world.stage({ text: line });
    }
  };
  const ran = await world.show(argv, { cwd: world.root, env: composeEnv(world), onOutput });
  if (ran.exitCode === 0) {
    return;
  }
  const known = explain(said);
  const logs = /unhealthy|exited/.test(said) ? await lastLogs(docker) : "";
  throw new ProblemError({
    kind: "container",
    what: `${what}: ${known?.what ?? lastLine(said)}`,
    hint: known?.hint ?? "`k docker:logs --once` has all that it said",
    detail: [tail(said, 20), logs].filter((part) => part !== "").join("\n"),
  });
}

/** The number of whoever owns the checkout, so that what either writes there is theirs; root and users of the image keep their own. */
function composeEnv({ uid }: DockerWorld): Readonly<Record<string, string>> {
  const taken = Object.values(konductorFacts.users.users).some((user) => user.uid === uid);
  const plain = { BUILDKIT_PROGRESS: "plain", COMPOSE_PROGRESS: "plain", COMPOSE_MENU: "false" };
  return uid === undefined || uid === 0 || taken ? plain : { ...plain, HOST_UID: String(uid) };
}

async function lastLogs(docker: Docker): Promise<string> {
  const ran = await docker.world.ask([...(await composeCommand(docker)), "logs", "--no-color", "--tail", "20"]);
  return tail(ran.stdout, 20);
}
