import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import type { Problem } from "../core/problem.ts";
import { errorCode, fileProblem } from "./file-problem.ts";
import { inspect } from "./inspect.ts";
import { placeOf } from "./text-place.ts";

/** A configuration file larger than this is none. */
const maxBytes = 1_000_000;

export interface TomlDocument {
  /** Without a byte-order mark; positions are offsets into this. */
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export type TomlResult =
  | { readonly ok: true; readonly document: TomlDocument }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Reads and parses a TOML file; `undefined` where there is none. `label` names it in problems, each of which has
 * the place at which the file is wrong.
 */
export function loadToml(path: string, label: string): TomlResult | undefined {
  const bytes = readBytes(path);
  if (bytes === undefined) {
    return undefined;
  }
  if ("why" in bytes) {
    return fail({ file: label }, bytes.why, bytes.hint);
  }
  const text = decode(bytes.content, label);
  return typeof text === "string" ? parseToml(text, label) : { ok: false, problem: text };
}

/** Parses the text of a TOML document. The `toml` library loads only where the text is wrong. */
export function parseToml(text: string, label: string): TomlResult {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const nul = bare.indexOf("\0");
  if (nul >= 0) {
    return fail(
      { file: label, ...placeOf(bare, nul) },
      "there is a NUL byte here",
      "it must be a text file, encoded as UTF-8"
    );
  }
  try {
    return { ok: true, document: { text: bare, value: Bun.TOML.parse(bare) as Readonly<Record<string, unknown>> } };
  } catch (error) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- only where there is a file
    const { tomlFault }: typeof import("./toml-fault.ts") = require("./toml-fault.ts");
    return { ok: false, problem: tomlFault(bare, label, error) };
  }
}

function fail(place: { file: string; line?: number; column?: number }, message: string, hint?: string): TomlResult {
  return { ok: false, problem: { kind: "config", place, message, ...(hint === undefined ? {} : { hint }) } };
}

type Bytes = { readonly content: Uint8Array } | { readonly why: string; readonly hint?: string };

function readBytes(path: string): Bytes | undefined {
  // Cheaper than the exception of `openSync`, and most projects have no such file.
  if (inspect(path).type === "missing") {
    return undefined;
  }
  let handle: number;
  try {
    // A pipe of that name would hold an open without this flag until somebody writes.
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return whyNotOpen(path, error);
  }
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) {
      return { why: "this is a folder, where a file is expected" };
    }
    if (!stat.isFile()) {
      return { why: "this is not a regular file" };
    }
    if (stat.size > maxBytes) {
      return { why: `the file is too large: ${stat.size} bytes, where ${maxBytes} are allowed` };
    }
    return { content: readFileSync(handle) };
  } catch (error) {
    return unreadable(path, error);
  } finally {
    closeSync(handle);
  }
}

function whyNotOpen(path: string, error: unknown): Bytes | undefined {
  const code = errorCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") {
    return inspect(path).type === "symlink" ? { why: "this is a symbolic link to nothing" } : undefined;
  }
  return code === "ENXIO" ? { why: "this is not a regular file" } : unreadable(path, error);
}

function unreadable(path: string, error: unknown): Bytes {
  const problem = fileProblem(path, "", error);
  if (problem.kind !== "file") {
    return { why: "the file cannot be read" };
  }
  const { why, hint } = problem;
  return { why: `the file cannot be read: ${why}`, ...(hint === undefined ? {} : { hint }) };
}

function decode(bytes: Uint8Array, label: string): string | Problem {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const good = goodText(bytes);
    return {
      kind: "config",
      place: { file: label, ...placeOf(good, good.length) },
      message: "the text is not valid UTF-8 here",
      hint: "save the file as UTF-8",
    };
  }
}

/** The text before the first byte that is not UTF-8. */
function goodText(bytes: Uint8Array): string {
  // With `stream`, a character that is cut off at the end is no fault and is left out.
  const decoded = (length: number): string | undefined => {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
    } catch {
      return undefined;
    }
  };
  // What begins with a bad byte stays bad however much follows, so the longest good part is found by halving.
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decoded(middle) === undefined) {
      bad = middle;
    } else {
      good = middle;
    }
  }
  return decoded(good) ?? "";
}
