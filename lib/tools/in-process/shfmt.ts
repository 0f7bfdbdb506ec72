import { getProcessor, LangVariant, ParseError } from "sh-syntax";
import { codePointColumn } from "../../core/columns.ts";
import { type ModuleFile, SyntaxFault, type ToolModule } from "../../core/tool.ts";

/** What the messages of the library begin with; the file's own name could hold anything. */
const name = "script";

/** The flags `-i 4 -ci -sr -kp -bn` of the program. */
const style = {
  indent: 4,
  switchCaseIndent: true,
  spaceRedirects: true,
  keepPadding: true,
  binaryNextLine: true,
} as const;

async function format({ path, text }: ModuleFile): Promise<string> {
  // The library makes a line feed of an empty text.
  if (text.trim() === "") {
    return text === "" ? "" : "\n";
  }
  const nul = text.indexOf("\0");
  if (nul !== -1) {
    throw new SyntaxFault("holds a NUL, which a formatter would lose", text.slice(0, nul).split("\n").length, 1);
  }
  const [dialect, ...others] = dialectsOf(path, text);
  try {
    return await printAs(text, dialect);
  } catch (error) {
    for (const other of others) {
      const formatted = await printAs(text, other).catch(() => undefined);
      if (formatted !== undefined) {
        return formatted;
      }
    }
    throw faultOf(error, text) ?? error;
  }
}

let compiled: Promise<WebAssembly.Module> | undefined;

// The library's own way in compiles its program anew for each text, which takes thirteen times as long as the rest.
const processor = getProcessor(async (imports: Bun.WebAssembly.Imports) => {
  compiled ??= compile();
  return WebAssembly.instantiate(await compiled, imports);
});

async function compile(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(
    await Bun.file(Bun.fileURLToPath(import.meta.resolve("sh-syntax/main.wasm"))).arrayBuffer()
  );
}

function printAs(text: string, variant: LangVariant): Promise<string> {
  return processor(text, { ...style, filepath: name, variant, print: true });
}

/**
 * By the `#!` line, else by the extension, else bash. Of the Korn shells the parser knows mksh: what only ksh93 has, it
 * has as bash.
 */
function dialectsOf(path: string, text: string): readonly [LangVariant, ...LangVariant[]] {
  const shell =
    /^#!.*?\b(sh|dash|ash|bash|bats|mksh|ksh)[\d.]*(?:\s|$)/.exec(text)?.[1] ??
    /\.(dash|bats|mksh|ksh)$/.exec(path)?.[1];
  switch (shell) {
    case "sh":
    case "dash":
    case "ash":
      return [LangVariant.LangPOSIX];
    case "bats":
      return [LangVariant.LangBats];
    case "mksh":
      return [LangVariant.LangMirBSDKorn];
    case "ksh":
      return [LangVariant.LangMirBSDKorn, LangVariant.LangBash];
    default:
      return [LangVariant.LangBash];
  }
}

/** What is not in the language has a position; what is of another dialect says it in its message. */
function faultOf(error: unknown, text: string): SyntaxFault | undefined {
  if (error instanceof ParseError && error.Pos !== undefined) {
    return faultAt(error.Text, error.Pos.Line, error.Pos.Col, text);
  }
  const said = error instanceof Error ? /^script:(\d+):(\d+): (.*)$/s.exec(error.message) : null;
  return said === null ? undefined : faultAt(said[3] ?? "", Number(said[1]), Number(said[2]), text);
}

/** Columns of the library count UTF-8 bytes. */
function faultAt(message: string, line: number, column: number, text: string): SyntaxFault {
  return new SyntaxFault(message, line, codePointColumn(text.split("\n")[line - 1] ?? "", column));
}

export default { format } satisfies ToolModule;
