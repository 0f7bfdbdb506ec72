import { validate } from "@actions/languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
import { codePointColumnOfUtf16 } from "../../core/columns.ts";
import type { Severity } from "../../core/finding.ts";
import type { ModuleFile, ToolFinding, ToolModule } from "../../core/tool.ts";

/** Of the Language Server Protocol, which counts what has none as an error. */
const severities: Readonly<Record<number, Severity>> = { 1: "error", 2: "warning", 3: "info", 4: "info" };

let documents = 0;

async function check({ path, text }: ModuleFile): Promise<readonly ToolFinding[]> {
  // The library remembers what it parsed by address alone, so each text needs one of its own.
  documents += 1;
  const document = TextDocument.create(`file:///${documents}/.github/workflows/workflow.yml`, "yaml", 1, text);
  const lines = text.split(/\r\n|\n|\r/);
  return (await validate(document, {})).map(({ message, severity, range, code }) => {
    const end = placeOf(range.end, lines);
    return {
      path,
      rule: code === undefined ? "" : String(code),
      severity: severities[severity ?? 1] ?? "error",
      ...placeOf(range.start, lines),
      endLine: end.line,
      endColumn: end.column,
      // Faults in the YAML bring the lines that they are in.
      message: firstLine(typeof message === "string" ? message : message.value),
    };
  });
}

/** Counted from 1, columns in code points; of an empty text the library speaks as if it had two lines. */
function placeOf(
  { line, character }: { readonly line: number; readonly character: number },
  lines: readonly string[]
): { readonly line: number; readonly column: number } {
  const at = Math.min(line, lines.length - 1);
  const text = lines[at] ?? "";
  return { line: at + 1, column: codePointColumnOfUtf16(text, Math.min(character, text.length) + 1) };
}

function firstLine(message: string): string {
  return (message.split("\n", 1)[0] ?? message).replace(/ at line \d+, column \d+:$/, "");
}

export default { check } satisfies ToolModule;
