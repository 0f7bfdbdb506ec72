import type { Severity } from "./check.ts";
import { hasFile } from "./machine-files.ts";
import type { World } from "./world.ts";

/** A project with a flake builds images and runs them; another has no use for a virtual machine. */
export function virtualMachineSeverity(world: World): Severity {
  return hasFile(world, "flake.nix") ? "warning" : "info";
}

const containerFiles = [
  "Dockerfile",
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-bake.hcl",
  "bake.hcl",
];

/** Whether a project has something to do for a container engine. */
export function containerSeverity(world: World): Severity {
  return [...containerFiles, "flake.nix", ".devcontainer"].some((name) => hasFile(world, name)) ? "warning" : "info";
}
