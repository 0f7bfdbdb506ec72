/** What `bench/results.json` holds; tables and charts are made from it alone. */

export const kinds = ["k", "peer", "floor"] as const;

/** `floor` is what nobody can get below: the tool itself, git alone, an empty program. */
export type Kind = (typeof kinds)[number];

/** One contender in one case. */
export interface Measurement {
  readonly contender: string;
  readonly kind: Kind;
  /** Wall time of each whole process, in milliseconds, in the order of the runs. */
  readonly times: readonly number[];
  /** Processor time of the process and all that it waited for, in milliseconds, the median. */
  readonly cpu: number | undefined;
  /** Peak memory of the biggest single process of the tree, in bytes. */
  readonly peak: number | undefined;
  /** Why there are no times. */
  readonly problem: string | undefined;
}

export interface Case {
  /** Cases of one group are columns of one table. */
  readonly group: string;
  readonly name: string;
  readonly measurements: readonly Measurement[];
}

export interface SuiteResult {
  readonly name: string;
  readonly summary: string;
  /** How it is measured, in sentences. */
  readonly method: readonly string[];
  /** ISO 8601. */
  readonly date: string;
  readonly quick: boolean;
  /** Of `k`: a commit. */
  readonly version: string;
  readonly machine: Machine;
  readonly cases: readonly Case[];
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** In bytes. */
  readonly memory: number;
  readonly system: string;
  /** Where the repositories of the suites are. */
  readonly fileSystem: string;
  /** The load average of a minute as the run began. */
  readonly load: number;
}

export interface Results {
  readonly schema: 1;
  /** Of Bun, git and the peers. */
  readonly versions: Readonly<Record<string, string>>;
  /** Peers that could not be had, and why. */
  readonly missing: Readonly<Record<string, string>>;
  readonly suites: readonly SuiteResult[];
}

/** Those of another run replace those of the same name; the rest stays. */
export function mergeSuites(old: readonly SuiteResult[], fresh: readonly SuiteResult[]): readonly SuiteResult[] {
  const names = new Set(fresh.map(({ name }) => name));
  return [...old.filter(({ name }) => !names.has(name)), ...fresh].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Undefined where the text is of no run of this version. */
export function parseResults(text: string): Results | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isCurrent = typeof value === "object" && value !== null && "schema" in value && value.schema === 1;
  return isCurrent ? (value as Results) : undefined;
}
