import type { Finding } from "../../core/finding.ts";
import { oneLine, showPath } from "../printable.ts";
import type { Style } from "../style.ts";
import { excerpt } from "./excerpt.ts";

export interface PrettyView {
  readonly style: Style;
  readonly columns: number;
  /** Breaks long messages at the width; left alone where another program may search the lines. */
  readonly wrap: boolean;
  /** All findings, with the page that explains each. */
  readonly verbose: boolean;
  readonly readSource: (path: string) => string | undefined;
}

/** So many findings of one file are shown in full. */
const limit = 20;

/** Findings by file, each with its line of source and marks under the part that is meant. */
export function prettyFindings(findings: readonly Finding[], view: PrettyView): string {
  const files = Map.groupBy(findings, (finding) => finding.path);
  return [...files].map(([path, found]) => fileBlock(path, found, view)).join("\n");
}

function fileBlock(path: string, findings: readonly Finding[], view: PrettyView): string {
  const shown = view.verbose ? findings : findings.slice(0, limit);
  const source = view.readSource(path)?.split("\n");
  const secrets = findings.filter((finding) => finding.secret === true);
  const digits = String(Math.max(...shown.map((finding) => finding.line))).length;
  const blocks = shown.flatMap((finding) => [
    headLines(finding, view),
    ...(view.verbose && finding.url !== undefined ? [`      ${view.style.dim(oneLine(finding.url))}`] : []),
    ...(isBeside(finding, secrets) || finding.rule === "format" ? [] : sourceLines(finding, source, digits, view)),
  ]);
  const hidden = findings.length - shown.length;
  const more = hidden === 0 ? [] : [view.style.dim(`  and ${hidden} more in this file`)];
  return `${[view.style.strong(showPath(path)), ...blocks, ...more].join("\n")}\n`;
}

/**
 * True where the line to be shown holds a secret, whichever finding asks for it. That a file is not formatted says
 * nothing of its first line, and in such a run nobody looked for secrets.
 */
function isBeside({ line }: Finding, secrets: readonly Finding[]): boolean {
  return secrets.some((secret) => line >= secret.line && line <= (secret.endLine ?? secret.line));
}

function headLines(finding: Finding, { style, columns, wrap }: PrettyView): string {
  const severity = style.severity[finding.severity](`${finding.severity}:`);
  // Held together by blanks that do not break.
  const rule = style.dim(`[${oneLine(`${finding.tool} ${finding.rule}`).replaceAll(" ", wrap ? "\u00a0" : " ")}]`);
  const message = finding.message
    .split("\n")
    .map(oneLine)
    .filter((line) => line !== "")
    .join("\n");
  const text = `${style.strong(`${finding.line}:${finding.column}`)} ${severity} ${message} ${rule}`;
  const lines = wrap ? Bun.wrapAnsi(text, Math.max(20, columns - 7), { hard: true }) : text;
  return `  ${lines.replaceAll("\u00a0", " ").replaceAll("\n", "\n      ")}`;
}

/** The first line of the span; nothing where the file cannot be read or the tool speaks of the whole file. */
function sourceLines(
  finding: Finding,
  source: readonly string[] | undefined,
  digits: number,
  view: PrettyView
): readonly string[] {
  const text = source?.[finding.line - 1]?.replace(/\r$/, "");
  const isWholeFile = finding.line === 1 && finding.column === 1 && finding.endColumn === undefined;
  if (text === undefined || text.trim() === "" || isWholeFile) {
    return [];
  }
  const gutter = `    ${String(finding.line).padStart(digits)} | `;
  const blank = `    ${" ".repeat(digits)} | `;
  const frame = { width: Math.max(20, view.columns - gutter.length - 1), offset: gutter.length };
  const { text: shown, mark } = excerpt(text, finding.column, spanEnd(finding, text), frame);
  const paint = view.style.severity[finding.severity];
  return [`${view.style.dim(gutter)}${shown}`, `${view.style.dim(blank)}${paint(mark)}`];
}

/** The column behind the span on its first line. */
function spanEnd(finding: Finding, text: string): number {
  const isOneLine = finding.endLine === undefined || finding.endLine === finding.line;
  if (!isOneLine) {
    return text.length + 1;
  }
  return Math.max(finding.column + 1, finding.endColumn ?? 0);
}
