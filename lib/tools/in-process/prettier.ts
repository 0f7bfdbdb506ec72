import { resolve } from "node:path";
import { format, type Options, resolveConfig } from "prettier";
import { codePointColumnOfUtf16 } from "../../core/columns.ts";
import type { FileKind } from "../../core/file-kind.ts";
import { type ModuleFile, SyntaxFault, type ToolModule } from "../../core/tool.ts";

let config: string | undefined;

/** For files whose name does not tell prettier what they hold. */
const parsers: Partial<Record<FileKind, NonNullable<Options["parser"]>>> = {
  css: "css",
  html: "html",
  javascript: "babel",
  json: "json",
  jsonc: "jsonc",
  less: "less",
  markdown: "markdown",
  scss: "scss",
  typescript: "typescript",
  workflow: "yaml",
  yaml: "yaml",
};

/** The options for a file from the given config alone: no `.prettierrc` of the project, no `.editorconfig`. */
async function optionsFor({ root, path }: ModuleFile): Promise<Options> {
  const options =
    config === undefined ? null : await resolveConfig(resolve(root, path), { config, editorconfig: false });
  return { ...options, filepath: path };
}

async function formatted(file: ModuleFile): Promise<string> {
  const options = await optionsFor(file);
  try {
    return await format(file.text, options);
  } catch (error) {
    const parser = parsers[file.kind];
    if (!(error instanceof Error) || error.name !== "UndefinedParserError" || parser === undefined) {
      throw error;
    }
    return format(file.text, { ...options, parser });
  }
}

interface Located {
  readonly message: string;
  readonly loc: { readonly start: { readonly line: number; readonly column: number } };
}

/** Prettier's syntax errors carry a place; nothing else that it throws does. */
function isLocated(error: unknown): error is Located {
  const loc = (error as { loc?: { start?: { line?: unknown; column?: unknown } } } | null)?.loc;
  return typeof loc?.start?.line === "number" && typeof loc.start.column === "number";
}

/** The message without the place, which the finding has, and without the excerpt below it. */
function faultOf({ message, loc }: Located, text: string): SyntaxFault {
  const words = (message.split("\n")[0] ?? "").replace(/\s*\(\d+:\d+\)\s*$/, "").replace(/^CssSyntaxError: /, "");
  const line = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)[loc.start.line - 1] ?? "";
  return new SyntaxFault(words, loc.start.line, codePointColumnOfUtf16(line, Math.max(1, loc.start.column)));
}

const module: ToolModule = {
  load(configPath) {
    config = configPath;
  },
  async format(file) {
    try {
      return await formatted(file);
    } catch (error) {
      throw isLocated(error) ? faultOf(error, file.text) : error;
    }
  },
};

export default module;
