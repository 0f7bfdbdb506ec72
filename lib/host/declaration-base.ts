import { readdirSync } from "node:fs";
import { join } from "node:path";
import { built } from "./built/facts.ts";
import { home } from "./home.ts";
import { statLine } from "./stat-line.ts";

/** All that `konductor` gives to a task or hook file: a binary never changes, the source of `k` may. */
export function baseOf(): string {
  if (built !== undefined) {
    return `built ${Bun.version} ${built.fingerprint}`;
  }
  const files = ["lib/core", "lib/tools"].flatMap((folder) => typeScriptIn(join(home, folder)));
  const all = [join(home, "lib/task.ts"), join(home, "lib/hook.ts"), ...files];
  const lines = all.map((file) => `${file} ${statLine(file) ?? ""}`);
  return `source ${Bun.version} ${Bun.hash(lines.join("\n")).toString(16)}`;
}

function typeScriptIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? typeScriptIn(path) : entry.name.endsWith(".ts") ? [path] : [];
  });
}
