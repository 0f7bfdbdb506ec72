/** What a row of a table says of many runs. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  /** The quartiles: half of all runs lie between them. */
  readonly low: number;
  readonly high: number;
  readonly runs: number;
}

/** The value below which this part (0 to 1) of the values lies, between two of them where it falls there. */
export function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) {
    throw new RangeError("no values, no quantile");
  }
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function summarize(values: readonly number[]): Summary {
  return {
    median: median(values),
    min: Math.min(...values),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
    runs: values.length,
  };
}

/** Whether their middle halves touch: then neither is the faster one. */
export function isLevel(one: Summary, other: Summary): boolean {
  return one.low <= other.high && other.low <= one.high;
}
