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

const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** In powers of 1000, with at most one digit behind the point. */
export function showSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1).replace(/\.0$/, "")} ${units[unit] ?? "B"}`;
}
