import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Bytes of a file, or of all below a folder; links count for nothing, and what cannot be read neither. */
export function sizeOf(path: string): number {
  try {
    const stats = lstatSync(path);
    if (!stats.isDirectory()) {
      return stats.isFile() ? stats.size : 0;
    }
    return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
  } catch {
    return 0;
  }
}
