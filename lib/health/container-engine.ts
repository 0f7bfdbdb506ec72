import { installMend, packagesNamed } from "./install-command.ts";
import { askProgram, type ProgramAnswer } from "./program.ts";
import type { World } from "./world.ts";

export type EngineName = "docker" | "podman";

export type Engine =
  | (ProgramAnswer & { readonly ok: true } & { readonly name: EngineName })
  | (ProgramAnswer & { readonly ok: false });

/** Docker, or Podman where it is the one that is there. */
export function askEngine(world: World): Promise<Engine> {
  return world.once("container-engine", async () => {
    const install = installMend(
      world,
      packagesNamed("docker", { apt: "docker.io", dnf: "podman", apk: "docker", brew: "colima docker" }),
      "https://docs.docker.com/engine/install/"
    );
    const docker = await askProgram(world, { program: "docker", oldest: "20.10", install });
    if (docker.ok) {
      return { ...docker, name: "docker" as const };
    }
    const podman = await askProgram(world, { program: "podman", oldest: "4.0", install });
    // Of two that are not there or not well, Docker is the one to speak of.
    return podman.ok
      ? { ...podman, name: "podman" as const }
      : world.which("docker") === undefined && world.which("podman") !== undefined
        ? podman
        : docker;
  });
}
