const units: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** What `parseSize` takes, as a regular expression for JSON schema too. */
export const sizePattern = "^[0-9]+(\\.[0-9]+)? ?([KkMmGg][Ii]?)?[Bb]$";

/** Bytes of a text such as `500kB`, `1MB` or `1.5 MiB`: the units with an `i` count by 1024, the others by 1000. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?([a-z]+)$/i.exec(text);
  const unit = units[match?.[2]?.toLowerCase() ?? ""];
  return match?.[1] === undefined || unit === undefined ? undefined : Math.round(Number(match[1]) * unit);
}

/** The shortest text that `parseSize` reads as exactly this many bytes. */
export function formatSize(bytes: number): string {
  for (const unit of ["GB", "GiB", "MB", "MiB", "kB", "KiB"]) {
    const factor = units[unit.toLowerCase()] ?? 1;
    if (bytes >= factor && bytes % factor === 0) {
      return `${bytes / factor}${unit}`;
    }
  }
  return `${bytes}B`;
}
