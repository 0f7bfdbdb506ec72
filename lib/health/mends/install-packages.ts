import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../../core/problem.ts";
import { firstLine } from "../program.ts";
import type { World } from "../world.ts";

/** The copies of `bun.lock` that the launcher keeps, one per system that uses this folder: what each has installed. */
export function installedLocks(home: string): readonly string[] {
  const state = join(home, "node_modules", ".k");
  try {
    return readdirSync(state)
      .map((system) => join(state, system, "bun.lock"))
      .filter((path) => existsSync(path));
  } catch {
    return [];
  }
}

/** Installs what the lockfile of `k` pins, and runs no script of any package. Rejects with a `ProblemError`. */
export async function installPackages(world: World): Promise<string> {
  const argv = [world.bun.path, "install", "--frozen-lockfile", "--ignore-scripts"] as const;
  const ran = await world.run([...argv], { cwd: world.home, timeout: 600 });
  if (ran.exitCode !== 0) {
    const why = ran.timedOut ? "it did not end within 10 min" : firstLine(ran.stderr);
    throw new ProblemError({ kind: "tool-not-started", tool: "bun install", why, command: argv.join(" ") });
  }
  return `installed the packages of ${join(world.home, "bun.lock")}`;
}
