import type { Severity } from "./check.ts";
import { hasFile } from "./machine-files.ts";
import type { World } from "./world.ts";

/** A convenience, and of no use without a .envrc. */
export function direnvSeverity(world: World): Severity {
  return hasFile(world, ".envrc") ? "warning" : "info";
}
