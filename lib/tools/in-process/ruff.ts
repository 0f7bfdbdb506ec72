import { type Diagnostic, PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { type ModuleFile, SyntaxFault, type ToolFinding, type ToolModule } from "../../core/tool.ts";
import { isSafeRuffFix } from "../tables/ruff-safe-fixes.ts";
import { applyFixes, type Edit, TextIndex } from "../text/edits.ts";

/** As many as ruff itself makes; a fix may uncover the next. */
const maxPasses = 100;

let workspace: Workspace | undefined;

async function load(configPath: string | undefined): Promise<void> {
  const options = configPath === undefined ? {} : Bun.TOML.parse(await Bun.file(configPath).text());
  workspace = new Workspace(options, PositionEncoding.Utf32);
}

function ruff(): Workspace {
  if (workspace === undefined) {
    throw new Error("ruff was not loaded");
  }
  return workspace;
}

function diagnosticsOf(text: string): readonly Diagnostic[] {
  return ruff().check(text) as readonly Diagnostic[];
}

function isSyntaxError({ code }: Diagnostic): boolean {
  return code === null || code === "invalid-syntax";
}

/** The library takes every file for a module, never for a stub: in stubs, `def f(): ...` on one line is the style. */
function isForStubs({ code }: Diagnostic, path: string): boolean {
  return !path.endsWith(".pyi") || (code !== "E701" && code !== "E704");
}

function check(file: ModuleFile): readonly ToolFinding[] {
  const { text } = withoutMark(file.text);
  const index = new TextIndex(text);
  return diagnosticsOf(text)
    .filter((diagnostic) => isForStubs(diagnostic, file.path))
    .map((diagnostic) => findingOf(diagnostic, file.path, index));
}

function findingOf(diagnostic: Diagnostic, path: string, index: TextIndex): ToolFinding {
  const { start_location: start, end_location: end, message } = diagnostic;
  const syntax = isSyntaxError(diagnostic);
  const rule = syntax ? "syntax" : (diagnostic.code ?? "");
  return {
    path,
    rule,
    severity: "error",
    line: start.row,
    column: start.column,
    endLine: end.row,
    endColumn: end.column,
    message,
    ...(syntax ? {} : { url: `https://docs.astral.sh/ruff/rules/${rule}/` }),
    ...(diagnostic.fix === null ? {} : { fix: { safe: isSafe(diagnostic, path, index) } }),
  };
}

function editsOf({ fix }: Diagnostic): readonly Edit[] {
  return (fix?.edits ?? []).map(({ location, end_location: end, content }) => ({
    start: { line: location.row, column: location.column },
    end: { line: end.row, column: end.column },
    text: content ?? "",
  }));
}

function isSafe(diagnostic: Diagnostic, path: string, index: TextIndex): boolean {
  const { start_location: start, end_location: end } = diagnostic;
  const own = index.slice({ line: start.row, column: start.column }, { line: end.row, column: end.column });
  const replaced = editsOf(diagnostic).map((edit) => index.slice(edit.start, edit.end));
  return isSafeRuffFix(diagnostic.code ?? "", path, [own, ...replaced].join("\n"));
}

function mend(file: ModuleFile): string {
  const { mark, text: original } = withoutMark(file.text);
  let text = original;
  let diagnostics = diagnosticsOf(text);
  if (diagnostics.some(isSyntaxError)) {
    return file.text;
  }
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const index = new TextIndex(text);
    const fixes = diagnostics
      .filter((diagnostic) => diagnostic.fix !== null && isSafe(diagnostic, file.path, index))
      .map(editsOf);
    const next = firstValid([fixes, fixes.slice(0, 1)], index);
    if (next === undefined) {
      break;
    }
    text = next.text;
    diagnostics = next.diagnostics;
  }
  return mark + text;
}

/**
 * Fixes that are right one by one may not be so together: two that each take one of two statements leave an empty
 * block. So a text that cannot be parsed is never taken over.
 */
function firstValid(
  choices: readonly (readonly (readonly Edit[])[])[],
  index: TextIndex
): { readonly text: string; readonly diagnostics: readonly Diagnostic[] } | undefined {
  for (const fixes of choices) {
    const text = applyFixes(index, fixes);
    if (text === index.text) {
      continue;
    }
    const diagnostics = diagnosticsOf(text);
    if (!diagnostics.some(isSyntaxError)) {
      return { text, diagnostics };
    }
  }
  return undefined;
}

/** Stubs have a style of their own that the library does not know, so they stay as they are. */
function format(file: ModuleFile): string {
  if (file.path.endsWith(".pyi")) {
    return file.text;
  }
  const { mark, text } = withoutMark(file.text);
  try {
    return mark + ruff().format(text);
  } catch (error) {
    const fault = diagnosticsOf(text).find(isSyntaxError);
    if (fault === undefined) {
      throw error;
    }
    throw new SyntaxFault(fault.message, fault.start_location.row, fault.start_location.column);
  }
}

/** A byte-order mark is not Python to the library's formatter, which would drop it: that is for another check to say. */
function withoutMark(text: string): { readonly mark: string; readonly text: string } {
  return text.startsWith("\ufeff") ? { mark: "\ufeff", text: text.slice(1) } : { mark: "", text };
}

export default { load, check, fix: mend, format } satisfies ToolModule;
