import { installMend, packagesNamed } from "./install-command.ts";
import { askProgram, type ProgramAnswer } from "./program.ts";
import type { Ran, World } from "./world.ts";

/** `git config --show-scope` came with it, by which the hooks are found. */
const oldestGit = "2.26";

export function askGit(world: World): Promise<ProgramAnswer> {
  return world.once("git", () =>
    askProgram(world, {
      program: "git",
      oldest: oldestGit,
      install: installMend(world, packagesNamed("git"), "https://git-scm.com/downloads"),
    })
  );
}

/** A short read in the project; throws where git does not answer. */
export async function readGit(world: World, git: ProgramAnswer & { ok: true }, args: readonly string[]): Promise<Ran> {
  const ran = await world.run([git.path, ...args]);
  if (ran.timedOut) {
    throw new Error("git does not answer");
  }
  return ran;
}

/** One value of git's configuration as it holds in the project; undefined where it is not set. */
export async function gitSetting(
  world: World,
  git: ProgramAnswer & { ok: true },
  key: string
): Promise<string | undefined> {
  const ran = await readGit(world, git, ["config", "--get", key]);
  const value = ran.stdout.replace(/\n$/, "");
  return ran.exitCode === 0 && value !== "" ? value : undefined;
}
