import { existsSync, readFileSync } from "node:fs";
import type { Architecture } from "../core/docker.ts";
import { ProblemError } from "../core/problem.ts";
import { machineOf } from "./engine.ts";
import type { Docker } from "./world.ts";

/** Where Linux lists the programs by which it runs those of other processors (binfmt_misc in the kernel's documentation). */
const binfmtFolder = "/proc/sys/fs/binfmt_misc";

/**
 * Throws a `ProblemError` where nothing here runs programs of this architecture. On macOS the engine's own machine does it. An
 * engine on another machine is not looked at.
 */
export function checkEmulation(architecture: Architecture, { engine, world }: Docker, folder = binfmtFolder): void {
  const isElsewhere = /^(tcp|ssh):/.test(world.env["DOCKER_HOST"] ?? "") || process.platform === "darwin";
  if (architecture === engine.architecture || isElsewhere || isEmulated(machineOf(architecture), folder)) {
    return;
  }
  throw new ProblemError({
    kind: "not-ready",
    check: "binfmt",
    found: `this machine is ${engine.architecture} and does not run programs for ${architecture}`,
    mend: "`k setup:deps` installs emulation",
  });
}

function isEmulated(machine: string, folder: string): boolean {
  // Debian's and Fedora's names, NixOS's, and that of Apple's Rosetta.
  const names = [`qemu-${machine}`, `${machine}-linux`, ...(machine === "x86_64" ? ["rosetta"] : [])];
  return names.some(
    (name) => existsSync(`${folder}/${name}`) && readFileSync(`${folder}/${name}`, "utf8").startsWith("enabled")
  );
}
