import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the launcher `k` looks for the binary of this system: a clone may be shared by several. `home` is absolute. */
export function launcherPlace(home: string): string {
  return join(home, "node_modules/.k", systemName(), "k");
}

/** As the launcher names it. */
function systemName(): string {
  const musl = namesIn("/lib").some((name) => name.startsWith("ld-musl-")) ? "-musl" : "";
  return `${firstLine("/proc/sys/kernel/arch") ?? "other"}${existsSync("/etc/NIXOS") ? "-nixos" : ""}${musl}`;
}

function firstLine(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").split("\n")[0]?.trim();
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
