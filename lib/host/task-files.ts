import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../core/problem.ts";

/** The task files below a folder, relative to it, in the order of their names; those that begin with `_` or `.` are none. */
export function taskFiles(folder: string, problems: Problem[], below = ""): readonly string[] {
  const names: string[] = [];
  const folders = new Set<string>();
  try {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      names.push(entry.name);
      if (entry.isDirectory()) {
        folders.add(entry.name);
      }
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    problems.push({ kind: "file", path: join(folder, below), what: "the tasks folder cannot be read", why });
    return [];
  }
  // Without a function of ours: for thousands of names that is what a list would wait for.
  names.sort();
  return names.flatMap((name) => {
    const path = below === "" ? name : `${below}/${name}`;
    if (name.startsWith(".") || name.startsWith("_")) {
      return [];
    }
    if (folders.has(name)) {
      return taskFiles(folder, problems, path);
    }
    return name.endsWith(".ts") && !name.endsWith(".test.ts") ? [path] : [];
  });
}
