import { validate } from "@actions/languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Severity } from "../../core/finding.ts";
import type { ModuleFile, ToolFinding, ToolModule } from "../../core/tool.ts";
import { fromUtf16 } from "../text/utf16.ts";

/** Of the Language Server Protocol, which counts what has none as an error. */
const severities: Readonly<Record<number, Severity>> = { 1: "error", 2: "warning", 3: "info", 4: "info" };

let documents = 0;

async function check({ path, text }: ModuleFile): Promise<readonly ToolFinding[]> {
  // The library remembers what it parsed by address alone, so each text needs one of its own.
  documents += 1;
  const document = TextDocument.create(`file:///${documents}/.github/workflows/workflow.yml`, "yaml", 1, text);
  const lines = text.split(/\r\n|\n|\r/);
  return (await validate(document, {})).map(({ message, severity, range: { start, end }, code }) => ({
    path,
    rule: code === undefined ? "" : String(code),
    severity: severities[severity ?? 1] ?? "error",
    line: start.line + 1,
    column: fromUtf16(lines[start.line] ?? "", start.character),
    endLine: end.line + 1,
    endColumn: fromUtf16(lines[end.line] ?? "", end.character),
    // Faults in the YAML bring the lines that they are in.
    message: firstLine(typeof message === "string" ? message : message.value),
  }));
}

function firstLine(message: string): string {
  return (message.split("\n", 1)[0] ?? message).replace(/ at line \d+, column \d+:$/, "");
}

export default { check } satisfies ToolModule;
