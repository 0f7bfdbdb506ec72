import type { Problem } from "../core/problem.ts";
import { offsetOfLine, placeOf } from "./text-place.ts";
import { locateToml } from "./toml-positions.ts";

/**
 * Words and place for a text that `Bun.TOML` refused: the words are Bun's, which knows no place; the place comes from
 * the `toml` library, loaded only here because it takes longer to load than all else takes to start.
 */
export function tomlFault(text: string, file: string, error: unknown): Problem {
  const offset = faultOffset(text);
  const what = wordsOf(error);
  if (offset === undefined) {
    return { kind: "config", place: { file }, message: `not valid TOML: ${what}` };
  }
  const { open, statement, repeated } = locateToml(text.slice(0, offset));
  const before = text.slice(0, statement);
  const earlier = before.length < text.length ? refusal(before) : undefined;
  if (earlier !== undefined) {
    return tomlFault(before, file, earlier);
  }

  const place = (at: number) => ({ file, ...placeOf(text, at) });
  const line = placeOf(text, offset).line;
  const twice = repeated[0] ?? locateToml(text).repeated.find(({ again }) => placeOf(text, again).line === line);
  if (twice !== undefined) {
    const name = twice.path.filter((part) => typeof part === "string").join(".");
    const first = placeOf(text, twice.first).line;
    return {
      kind: "config",
      place: place(twice.again),
      message: `\`${name}\` is set twice`,
      hint: `the first one is on line ${first}`,
    };
  }
  // The end of the file says nothing: what was never closed is where it begins.
  if (open !== undefined && text.slice(offset).trim() === "") {
    return {
      kind: "config",
      place: place(open),
      message: `not valid TOML: ${what}`,
      hint: "what begins here is never closed",
    };
  }
  const from = open === undefined ? line : placeOf(text, open).line;
  const hint = from === line ? {} : { hint: `this is inside of what begins on line ${from}` };
  return { kind: "config", place: place(offset), message: `not valid TOML: ${what}`, ...hint };
}

/** The library reads all of the syntax before it looks for keys set twice, and Bun stops at whatever comes first. */
function refusal(text: string): unknown {
  try {
    Bun.TOML.parse(text);
    return undefined;
  } catch (error) {
    return error;
  }
}

function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError) {
    return "it nests too deep";
  }
  const words = message
    .replace(/^TOML Parse error: /i, "")
    .replace(/\s+/g, " ")
    .replace(/\.$/, "");
  return words.charAt(0).toLowerCase() + words.slice(1);
}

interface TomlError {
  readonly location?: { readonly start: { readonly offset: number } };
  readonly line?: number;
  readonly column?: number;
}

/** Where the library stops. Under Bun the `line` of a syntax error is that of the JavaScript that threw, so `location` goes first. */
function faultOffset(text: string): number | undefined {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only where a file is broken
  const toml: typeof import("toml") = require("toml");
  try {
    toml.parse(text);
    return undefined;
  } catch (thrown) {
    const error = thrown as TomlError;
    if (error.location !== undefined) {
      return error.location.start.offset;
    }
    if (error.line === undefined || error.column === undefined) {
      return undefined;
    }
    return offsetOfLine(text, error.line) + error.column - 1;
  }
}
