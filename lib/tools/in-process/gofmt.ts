import { format as gofmt } from "@wasm-fmt/gofmt";
import { codePointColumn } from "../../core/columns.ts";
import { type ModuleFile, SyntaxFault, type ToolModule } from "../../core/tool.ts";

function format({ text }: ModuleFile): string {
  requirePackage(text);
  try {
    return gofmt(text);
  } catch (error) {
    const said = error instanceof Error ? /^(\d+):(\d+): (.*)$/s.exec(error.message) : null;
    if (said === null) {
      throw error;
    }
    const line = Number(said[1]);
    // Columns of the library count UTF-8 bytes.
    throw new SyntaxFault(said[3] ?? "", line, codePointColumn(text.split("\n")[line - 1] ?? "", Number(said[2])));
  }
}

/** The library also takes a fragment, even an empty one; a file of Go begins with its package. */
function requirePackage(text: string): void {
  const before = /^(?:\ufeff|\s|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(text)?.[0] ?? "";
  if (/^package\b/.test(text.slice(before.length))) {
    return;
  }
  const lines = before.split("\n");
  throw new SyntaxFault("expected 'package'", lines.length, [...(lines.at(-1) ?? "")].length + 1);
}

export default { format } satisfies ToolModule;
