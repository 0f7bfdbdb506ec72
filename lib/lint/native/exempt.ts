import type { FileEntry } from "../classify.ts";
import { extensionOf, isLockFile } from "../file-names.ts";

/** In a patch a line of one space is a context line; a snapshot must be byte for byte what was printed. */
const verbatim = new Set(["patch", "diff", "rej", "snap"]);

/** A field at the end of a row may be blank. */
const tables = new Set(["csv", "tsv", "tab"]);

/** Windows programs that want CRLF, or write it however the file came. */
const windows = new Set([
  "bat",
  "cmd",
  "ps1",
  "psm1",
  "psd1",
  "reg",
  "inf",
  "rc",
  "vbs",
  "sln",
  "csproj",
  "vbproj",
  "vcxproj",
]);

/** Excel and Windows PowerShell take UTF-8 for another encoding where there is no byte-order mark. */
const marked = new Set(["csv", "tsv", "ps1", "psm1", "psd1", "sln", "csproj", "vbproj", "vcxproj"]);

export function isVerbatim({ path }: FileEntry): boolean {
  return verbatim.has(extensionOf(path)) || isLockFile(path);
}

export function keepsTrailingBlanks(entry: FileEntry): boolean {
  return isVerbatim(entry) || tables.has(extensionOf(entry.path));
}

export function wantsReturns({ path, eol }: FileEntry): boolean {
  return eol === "crlf" || (eol === undefined && windows.has(extensionOf(path)));
}

export function mayHaveMark(entry: FileEntry): boolean {
  return isVerbatim(entry) || marked.has(extensionOf(entry.path));
}
