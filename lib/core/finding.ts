/** From mild to grave; `severityAtLeast` compares by this order. */
export const severities = ["info", "warning", "error"] as const;

export type Severity = (typeof severities)[number];

/** One thing that a tool says about one place in one file. Every report is written from findings. */
export interface Finding {
  /** The tool that said it, as the tools table names it. */
  readonly tool: string;
  /** The tool's own name for the rule, such as `SC2086`; empty where the tool gives none. */
  readonly rule: string;
  readonly severity: Severity;
  /** Relative to the project root, with `/` between its parts. */
  readonly path: string;
  /** Counted from 1; 1 where the tool speaks of the whole file. */
  readonly line: number;
  /** Counted from 1, in Unicode code points; 1 where the tool gives none. */
  readonly column: number;
  readonly endLine?: number;
  /** Counted from 1, the first column after the place. */
  readonly endColumn?: number;
  readonly message: string;
  /** Where the rule is explained. */
  readonly url?: string;
  /** Set where `--fix` mends it; `safe` is false where the tool itself says that meaning may change. */
  readonly fix?: { readonly safe: boolean };
  /** It does not fail its task: the tool itself would pass, or the config says so. */
  readonly mild?: true;
  /** Set where a secret stands at the place: no report may show the source there. */
  readonly secret?: true;
}

/** A finding that is advice: it fails nothing, and reports for people leave it out unless asked for everything. */
export function isAdvice({ severity, mild }: Finding): boolean {
  return mild === true && severity === "info";
}

export function severityAtLeast(severity: Severity, bar: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(bar);
}

/** The order in which findings are shown: by path, place, tool and rule. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.tool, b.tool) ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

/** By code unit: the same order on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
