import { type Dirent, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Candidate } from "../candidate.ts";
import type { Places } from "../source.ts";
import { userHome } from "../../host/user-home.ts";

/** What is in the folder of a path that is being typed, hidden files where the dot is there; folders end in `/`. */
export function listFolder(
  { cwd, env }: Pick<Places, "cwd" | "env">,
  typed: string,
  wants: (isFolder: boolean) => boolean
): readonly Candidate[] {
  const start = typed.slice(0, typed.lastIndexOf("/") + 1);
  const name = typed.slice(start.length);
  const folder = resolve(cwd, start.startsWith("~/") ? join(userHome(env), start.slice(2)) : start);
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => entry.name.startsWith(name) && (name.startsWith(".") || !entry.name.startsWith(".")))
    .map((entry) => ({ path: start + entry.name, isFolder: isFolder(folder, entry) }))
    .filter((entry) => wants(entry.isFolder))
    .map((entry): Candidate => (entry.isFolder ? { value: `${entry.path}/`, open: true } : { value: entry.path }));
}

function isFolder(folder: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) {
    return entry.isDirectory();
  }
  try {
    return statSync(join(folder, entry.name)).isDirectory();
  } catch {
    return false;
  }
}
