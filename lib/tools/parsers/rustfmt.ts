import type { ToolFinding, ToolOutput } from "../../core/tool.ts";

/**
 * Reads what rustfmt says on stderr of files that it cannot parse: `error: words`, and below it `--> path:line:column`,
 * counted in code points from 1. A message without a place belongs to the one above it.
 */
export function parseRustfmt({ stderr }: ToolOutput): readonly ToolFinding[] {
  const pattern = /^error(?:\[(\w+)\])?: (.*)\n +--> ([^\n]+):(\d+):(\d+)$/gm;
  return [...stderr.matchAll(pattern)].map(([, code, message = "", path = "", line = "", column = ""]) => ({
    path,
    rule: code ?? "syntax",
    severity: "error",
    line: Number(line),
    column: Number(column),
    message,
  }));
}
