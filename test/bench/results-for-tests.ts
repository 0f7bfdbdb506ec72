import type { Case, Kind, Measurement, Results } from "../../bench/results.ts";

/** A contender with these times in milliseconds; with a text instead it failed for that reason. */
export function measured(contender: string, kind: Kind, times: readonly number[] | string): Measurement {
  const failed = typeof times === "string";
  return {
    contender,
    kind,
    times: failed ? [] : times,
    cpu: failed ? undefined : 1,
    peak: failed ? undefined : 12e6,
    problem: failed ? times : undefined,
  };
}

/** Results with one suite of these cases. */
export function resultsOf(...cases: readonly Case[]): Results {
  return {
    schema: 1,
    versions: { just: "1.0" },
    missing: { hk: "nobody has it" },
    suites: [
      {
        name: "tasks",
        summary: "Tasks <fast> & small",
        method: ["Whole processes."],
        date: "2026-01-02T03:04:05.000Z",
        quick: false,
        version: "abc",
        machine: { processor: "Some CPU", cores: 2, memory: 8e9, system: "Some Linux", fileSystem: "ext4", load: 0.1 },
        cases,
      },
    ],
  };
}
