import { readFileSync } from "node:fs";
import { codePointColumn, codePointColumnOfUtf16 } from "../core/columns.ts";
import type { Finding } from "../core/finding.ts";

/** Findings whose columns count bytes of UTF-8 or units of UTF-16, with columns that count code points; `base` is absolute. */
export function inCodePoints(findings: readonly Finding[], base: string, unit: "bytes" | "utf16"): readonly Finding[] {
  const turn = unit === "bytes" ? codePointColumn : codePointColumnOfUtf16;
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
    const turned = { ...finding, column: turn(lineOf(path, line), column) };
    return endColumn === undefined ? turned : { ...turned, endColumn: turn(lineOf(path, endLine), endColumn) };
  });
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}
