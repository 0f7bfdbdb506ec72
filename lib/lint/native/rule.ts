import type { nativeCheckNames } from "../../config/spec.ts";
import type { Finding, Severity } from "../../core/finding.ts";

export type NativeRule = (typeof nativeCheckNames)[number];

export interface NativeOptions {
  /** Files of more bytes are too large to commit. */
  readonly maxBytes: number;
  readonly disabled: readonly NativeRule[];
  /** All paths of the project, for checks that look beyond the files at hand; those files where it is not given. */
  readonly everything?: readonly string[];
  /** Other runs look at the files that this one does not: what is about a pair is told by one of them. */
  readonly isShared?: boolean;
  /** True for files of whose content everything is known already; links are looked at all the same. */
  readonly isKnown?: (path: string) => boolean;
  readonly signal?: AbortSignal;
}

/** What takes the place of the bytes from `start` up to `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One thing that a check found in a file's bytes. `edits`, where there are any, mend it without a change of meaning. */
export interface Spot {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly severity: Severity;
  readonly edits: readonly Edit[];
}

/** The name under which findings of `k` itself are reported. */
export const toolName = "k";

export function toFinding(rule: NativeRule, path: string, spot: Omit<Spot, "edits">, isFixable: boolean): Finding {
  const { line, column, message, severity } = spot;
  return { tool: toolName, rule, severity, path, line, column, message, ...(isFixable ? { fix: { safe: true } } : {}) };
}
