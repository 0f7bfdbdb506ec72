import { readFileSync } from "node:fs";
import { format, type Options } from "@wasm-fmt/taplo_fmt";
import { parse, TomlError } from "smol-toml";
import { codePointColumnOfUtf16 } from "../../core/columns.ts";
import { type ModuleFile, SyntaxFault, type ToolModule } from "../../core/tool.ts";

let options: Options = {};

const bom = "\uFEFF";

/** The document's value; a `SyntaxFault` where it has none. Line ends are made equal, as TOML lets a reader do. */
function readValue(text: string): unknown {
  try {
    return parse(text, { integersAsBigInt: "asNeeded" });
  } catch (error) {
    if (!(error instanceof TomlError)) {
      throw error;
    }
    const line = text.split("\n")[error.line - 1] ?? "";
    throw new SyntaxFault(reasonOf(error), error.line, codePointColumnOfUtf16(line, error.column));
  }
}

/** The library puts a title before the reason and an excerpt below it. */
function reasonOf({ message }: TomlError): string {
  return (message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
}

/** All that a formatter may not touch, counted: with keys reordered, only the order changes. */
function inkOf(text: string): string {
  return [...text.replaceAll(/[\s,]/g, "")].toSorted().join("");
}

/**
 * taplo reads TOML 1.0; in what is new in 1.1, such as a line break in an inline table, it sees an error and moves
 * the pieces about. So what it wrote must hold the same value, and every comment.
 */
function formatted(text: string): string {
  const value = readValue(text);
  const result = format(text, options);
  if (inkOf(result) === inkOf(text) && isSameValue(value, result)) {
    return result;
  }
  throw new SyntaxFault(
    "taplo would change what this file means, as it cannot read all of TOML 1.1",
    firstBreak(text),
    1
  );
}

function isSameValue(value: unknown, text: string): boolean {
  try {
    return Bun.deepEquals(value, readValue(text), true);
  } catch (error) {
    if (error instanceof SyntaxFault) {
      return false;
    }
    throw error;
  }
}

/** The line of the first inline table that has a line break in it, the likely cause; 1 where none is found. */
function firstBreak(text: string): number {
  const line = text.split("\n").findIndex((each) => /=\s*\{[^}]*$/.test(each));
  return Math.max(0, line) + 1;
}

function bodyOf({ text }: ModuleFile): string {
  return (text.startsWith(bom) ? text.slice(1) : text).replaceAll("\r\n", "\n");
}

const module: ToolModule = {
  load(configPath) {
    if (configPath === undefined) {
      return;
    }
    const config = parse(readFileSync(configPath, "utf8")) as { formatting?: Options };
    options = config.formatting ?? {};
  },
  check(file) {
    readValue(bodyOf(file));
    return [];
  },
  format(file) {
    const body = bodyOf(file);
    const mark = file.text.startsWith(bom) ? bom : "";
    // An empty document would get a line of its own.
    return body === "" ? file.text : mark + formatted(body);
  },
};

export default module;
