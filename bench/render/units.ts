/** As a reader wants it: three digits where they mean something. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 10_000) {
    return `${(milliseconds / 1000).toFixed(1)} s`;
  }
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : thousands(milliseconds)} ms`;
}

export function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? "–" : `${thousands(bytes / 1e6)} MB`;
}

export function ratio(value: number, to: number): string {
  const times = value / to;
  return `${times < 0.95 ? times.toFixed(2) : times < 9.95 ? times.toFixed(1) : thousands(times)}×`;
}

/** With commas, whatever the locale of the machine. */
export function thousands(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
