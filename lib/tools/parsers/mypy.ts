import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { matchLines } from "./lines.ts";

const placed = /^([\s\S]+?):(\d+):(\d+):(\d+):(\d+): (error|note): (.*?)(?: {2}\[([\w-]+)\])?$/;
const unplaced = /^([\s\S]+?)(?::(\d+))?: (error|note): (.*?)(?: {2}\[([\w-]+)\])?$/;

/** Reads mypy's text with columns, codes and ends: columns count UTF-8 bytes from 1, the end is the last one within. */
export function parseMypy({ stdout, stderr }: ToolOutput): readonly ToolFinding[] {
  const findings: ToolFinding[] = [];
  for (const match of matchLines(stdout, [placed, unplaced], "mypy")) {
    addMessage(findings, match);
  }
  findings.push(...stoppedAt(stderr));
  return findings;
}

function addMessage(findings: ToolFinding[], match: RegExpExecArray): void {
  const { path, place, kind, message, code } = partsOf(match);
  if (kind === "note" && joinNote(findings, path, place.line, message)) {
    return;
  }
  findings.push({
    path,
    rule: code ?? (kind === "note" ? "note" : ""),
    severity: kind === "error" ? "error" : "info",
    ...place,
    message,
    ...(code === undefined || code === "syntax"
      ? {}
      : { url: `https://mypy.readthedocs.io/en/stable/_refs.html#code-${code}` }),
  });
}

type Place = Pick<ToolFinding, "line" | "column" | "endLine" | "endColumn">;

function partsOf(match: RegExpExecArray): {
  readonly path: string;
  readonly place: Place;
  readonly kind: string;
  readonly message: string;
  readonly code: string | undefined;
} {
  if (match.length === 9) {
    const [, path = "", line = "", column = "", endLine = "", endColumn = "", kind = "", message = "", code] = match;
    const place = {
      line: Number(line),
      column: Number(column),
      endLine: Number(endLine),
      endColumn: Number(endColumn) + 1,
    };
    return { path, place, kind, message, code };
  }
  const [, path = "", line = "1", kind = "", message = "", code] = match;
  return { path, place: { line: Number(line), column: 1 }, kind, message, code };
}

/** A note right behind an error on its line says more of that error; any other, such as `reveal_type`'s, stands alone. */
function joinNote(findings: ToolFinding[], path: string, line: number, note: string): boolean {
  const last = findings.at(-1);
  if (last === undefined || last.severity !== "error" || last.path !== path || last.line !== line) {
    return false;
  }
  const more = note.trim();
  if (!more.startsWith("See https://")) {
    findings.splice(-1, 1, { ...last, message: `${last.message}; ${more}` });
  }
  return true;
}

/** What mypy says on stderr before it stops: `mypy: can't decode file 'x.py': …`, `mypy: "typing.py" shadows …`. */
function stoppedAt(stderr: string): readonly ToolFinding[] {
  const unreadable = [...stderr.matchAll(/^mypy: can't (?:read|decode) file '([^\n]+?)': (.+)$/gm)].map(
    ([, path = "", why = ""]) => ({
      path,
      rule: "unreadable",
      message: `cannot be read: ${why}`,
    })
  );
  const shadowing = [...stderr.matchAll(/^mypy: "([^\n]+?)" (shadows library module .+)$/gm)].map(
    ([, path = "", message = ""]) => ({
      path,
      rule: "shadows",
      message,
    })
  );
  return [...unreadable, ...shadowing].map((found) => ({ ...found, severity: "error", line: 1, column: 1 }));
}
