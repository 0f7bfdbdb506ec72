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
