import { readFileSync } from "node:fs";
import { codePointColumn } from "../core/columns.ts";
import type { Finding } from "../core/finding.ts";

/** Findings whose columns count UTF-8 bytes, as findings whose columns count code points; `base` is absolute. */
export function inCodePoints(findings: readonly Finding[], base: string): readonly Finding[] {
  const known = new Map<string, readonly string[]>();
  const lineOf = (path: string, line: number): string => {
    let lines = known.get(path);
    if (lines === undefined) {
      lines = linesOf(`${base}/${path}`);
      known.set(path, lines);
    }
    return lines[line - 1] ?? "";
  };
  return findings.map((finding) => {
    const { path, line, column, endLine = line, endColumn } = finding;
    const turned = { ...finding, column: codePointColumn(lineOf(path, line), column) };
    return endColumn === undefined ? turned : { ...turned, endColumn: codePointColumn(lineOf(path, endLine), endColumn) };
  });
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}
