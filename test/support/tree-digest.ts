import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder with its mode and content, as text: two that are equal are the same trees byte for byte. */
export function treeDigest(folder: string, skip: (path: string) => boolean = () => false): string {
  const lines: string[] = [];
  const walk = (path: string): void => {
    for (const name of readdirSync(join(folder, path)).toSorted()) {
      const below = path === "" ? name : `${path}/${name}`;
      if (!skip(below)) {
        lines.push(`${below} ${factsOf(join(folder, below))}`);
        if (lstatSync(join(folder, below)).isDirectory()) {
          walk(below);
        }
      }
    }
  };
  walk("");
  return lines.join("\n");
}

function factsOf(path: string): string {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) {
    return `→ ${readlinkSync(path)}`;
  }
  const sum = stats.isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : "folder";
  return `${(stats.mode & 0o777).toString(8)} ${sum}`;
}
