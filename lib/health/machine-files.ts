import { accessSync, constants, existsSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { userHome } from "../host/user-home.ts";
import type { World } from "./world.ts";

/** The text of a file of the machine; undefined where it cannot be read. */
export function readMachine(world: Pick<World, "at">, path: string): string | undefined {
  return readText(world.at(path));
}

export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** What a path leads to; undefined where nothing is there, or what is above it is no folder or closed. */
export function statOf(path: string): Stats | undefined {
  try {
    // Bun throws ENOTDIR in spite of `throwIfNoEntry`.
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

export function hasFile({ project }: Pick<World, "project">, name: string): boolean {
  return existsSync(join(project.root, name));
}

export function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A path with `~` for the user's home. */
export function shortPath(path: string, { env }: Pick<World, "env">): string {
  const home = userHome(env);
  return home !== "/" && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
