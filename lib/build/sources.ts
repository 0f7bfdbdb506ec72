import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What goes into a binary. The build refuses to take in anything else. */
const folders = ["bin", "lib", "tasks", "hooks"] as const;
const files = ["package.json", "bun.lock", "tsconfig.json", "nix/tools.json", "nix/facts.json"] as const;

/** Paths below `k`'s home, sorted. */
export interface Sources {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** All that `k` is made from, as it lies in its home (absolute). Throws a system error. */
export function listSources(home: string): Sources {
  const found = { files: [...files] as string[], folders: [] as string[] };
  for (const folder of folders) {
    collect(home, folder, found);
  }
  return { files: found.files.toSorted(), folders: found.folders.toSorted() };
}

function collect(home: string, folder: string, found: { files: string[]; folders: string[] }): void {
  found.folders.push(folder);
  for (const entry of readdirSync(join(home, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      collect(home, path, found);
    } else if (!isLeftByEditor(entry.name)) {
      found.files.push(path);
    }
  }
}

function isLeftByEditor(name: string): boolean {
  return name.startsWith(".") || name.endsWith("~");
}

/** Names and contents of all sources in 64 hexadecimal digits. Throws a system error. */
export function fingerprintOf(home: string): string {
  const hasher = new Bun.CryptoHasher("sha256");
  for (const path of listSources(home).files) {
    const content = readFileSync(join(home, path));
    hasher.update(`${path}\0${content.length}\0`);
    hasher.update(content);
  }
  return hasher.digest("hex");
}
