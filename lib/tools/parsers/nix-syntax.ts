import type { ToolFinding, ToolOutput } from "../../core/tool.ts";

/** Reads `error: words`, then `at path:line:column:`, in UTF-8 bytes from 1. It is given one file a call. */
export function parseNixSyntax({ stderr, exitCode, files }: ToolOutput): readonly ToolFinding[] {
  if (exitCode === 0) return [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: some versions colour what they print whatever they are told.
  const text = stderr.replaceAll(/\u001b\[[\d;]*m/g, "");
  const match = /^error: ([^]*?)\n\s+at ([^]+?):(\d+):(\d+):\s*$/m.exec(text);
  const [path] = files;
  if (match === null || path === undefined) throw new Error("nix-instantiate named no place");
  const [, words = "", , line = "", column = ""] = match;
  const message = words.replaceAll(/\s+/g, " ").trim();
  return [{ path, rule: "syntax", severity: "error", line: Number(line), column: Number(column), message }];
}
