import type { Ran, Sandbox } from "../support/sandbox.ts";

export interface CheckRow {
  readonly name: string;
  readonly status: "good" | "weak" | "bad" | "idle";
  readonly severity: "critical" | "warning" | "info";
  readonly found: string;
  readonly mend: {
    readonly command: string | null;
    readonly text: string | null;
    readonly url: string | null;
    readonly safe: string | null;
  } | null;
  readonly took: number;
}

export interface Report {
  readonly version: number;
  readonly counts: Readonly<Record<"critical" | "warning" | "info" | "good" | "idle", number>>;
  readonly done: readonly string[];
  readonly checks: readonly CheckRow[];
}

export interface Doctored extends Ran {
  readonly report: Report;
  check(name: string): CheckRow;
}

/** `k doctor --json`, the quick one where nothing else is said: it asks no network. */
export async function doctor(
  box: Sandbox,
  env: Readonly<Record<string, string | undefined>> = {},
  words: readonly string[] = ["doctor", "--quick"]
): Promise<Doctored> {
  const ran = await box.kWith({ env }, ...words, "--json");
  let report: Report;
  try {
    report = JSON.parse(ran.stdout) as Report;
  } catch {
    throw new Error(`doctor printed no JSON: ${ran.stdout}\n${ran.stderr}`);
  }
  return {
    ...ran,
    report,
    check(name) {
      const row = report.checks.find((one) => one.name === name);
      if (row === undefined) {
        throw new Error(`doctor made no check ${name}`);
      }
      return row;
    },
  };
}
