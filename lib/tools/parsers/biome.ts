import { codePointColumn } from "../../core/columns.ts";
import type { Severity } from "../../core/finding.ts";
import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { biomeSafeFixes } from "../tables/biome-safe-fixes.ts";

/** Reads the JSON reporter of biome 2.3 and, with another shape since 2.4, of later versions. */
export function parseBiome(output: ToolOutput): readonly ToolFinding[] {
  const report: unknown = JSON.parse(output.stdout);
  if (!isRecord(report) || !Array.isArray(report["diagnostics"])) {
    throw new Error("biome printed no list of diagnostics");
  }
  const notPrinted = isRecord(report["summary"]) ? report["summary"]["diagnosticsNotPrinted"] : undefined;
  if (typeof notPrinted === "number" && notPrinted > 0) {
    throw new Error(`biome kept ${notPrinted} diagnostics to itself`);
  }
  // What biome thinks of its own config is no news about the files; a config that it cannot use ends it.
  const findings = report["diagnostics"]
    .map(findingOf)
    .filter(({ rule, severity }) => rule !== "deserialize" || severity === "error");
  const broken = new Set(findings.filter(({ rule }) => rule === "parse").map(({ path }) => path));
  // That a file which cannot be parsed cannot be formatted says nothing new.
  return findings.filter(({ rule, path }) => rule !== "format" || !broken.has(path));
}

function findingOf(diagnostic: unknown): ToolFinding {
  if (!isRecord(diagnostic) || !isRecord(diagnostic["location"])) {
    throw new Error("biome printed a diagnostic without a location");
  }
  const { category, severity, location } = diagnostic;
  const message = diagnostic["message"];
  const isOld = typeof diagnostic["description"] === "string";
  const words = isOld ? diagnostic["description"] : message;
  if (typeof category !== "string" || typeof words !== "string") {
    throw new Error("biome printed a diagnostic without a message");
  }
  const url = ruleUrl(category);
  return {
    ...(isOld ? oldPlace(location) : place(location)),
    rule: category,
    severity: severityOf(severity),
    message: words.trim(),
    ...(url === undefined ? {} : { url }),
    ...(biomeSafeFixes.has(category) ? { fix: { safe: true } } : {}),
  };
}

type Place = Pick<ToolFinding, "path" | "line" | "column" | "endLine" | "endColumn">;

/** Lines and columns count from 1, columns in code points; all are 0 where the whole file is meant. */
function place(location: Record<string, unknown>): Place {
  const { path, start, end } = location;
  if (typeof path !== "string") {
    throw new Error("biome printed a diagnostic without a path");
  }
  if (!isPosition(start) || !isPosition(end)) {
    throw new Error("biome printed a diagnostic without a position");
  }
  if (start.line === 0) {
    return { path, line: 1, column: 1 };
  }
  return { path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** Until 2.3 a place is a pair of byte offsets into the text, which is printed with it. */
function oldPlace(location: Record<string, unknown>): Place {
  const { path, span, sourceCode } = location;
  if (!isRecord(path) || typeof path["file"] !== "string") {
    throw new Error("biome printed a diagnostic without a path");
  }
  const file = path["file"];
  if (!isSpan(span) || typeof sourceCode !== "string") {
    return { path: file, line: 1, column: 1 };
  }
  const bytes = new TextEncoder().encode(sourceCode);
  const start = placeOfByte(bytes, span[0]);
  const end = placeOfByte(bytes, span[1]);
  return { path: file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function placeOfByte(bytes: Uint8Array, offset: number): { readonly line: number; readonly column: number } {
  const before = bytes.subarray(0, offset);
  const lineStart = before.lastIndexOf(10) + 1;
  const line = new TextDecoder().decode(before.subarray(lineStart));
  return {
    line: before.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 1),
    column: codePointColumn(line, offset - lineStart + 1),
  };
}

/** `lint/style/useConst` is explained at `…/use-const`. */
function ruleUrl(category: string): string | undefined {
  const rule = /^lint\/[^/]+\/([a-zA-Z0-9]+)$/.exec(category)?.[1];
  return rule === undefined
    ? undefined
    : `https://biomejs.dev/linter/rules/${rule.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function severityOf(severity: unknown): Severity {
  switch (severity) {
    case "fatal":
    case "error":
      return "error";
    case "warning":
      return "warning";
    case "information":
    case "info":
    case "hint":
      return "info";
    default:
      throw new Error(`biome printed an unknown severity: ${String(severity)}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPosition(value: unknown): value is { readonly line: number; readonly column: number } {
  return isRecord(value) && typeof value["line"] === "number" && typeof value["column"] === "number";
}

function isSpan(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "number");
}
