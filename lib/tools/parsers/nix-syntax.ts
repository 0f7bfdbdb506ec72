import type { ToolFinding, ToolOutput } from "../../core/tool.ts";

/** Reads `error: words`, then `at path:line:column:`, in UTF-8 bytes from 1. It is given one file a call. */
export function parseNixSyntax({ stderr, exitCode, root, files }: ToolOutput): readonly ToolFinding[] {
  if (exitCode === 0) {
    return [];
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: some versions colour what they print whatever they are told.
  const text = stderr.replaceAll(/\u001b\[[\d;]*m/g, "");
  const match = /^error: ([\s\S]*?)\n\s+at ([\s\S]+?):(\d+):(\d+):\s*$/m.exec(text);
  const [path] = files;
  if (match === null || path === undefined) {
    throw new Error("nix-instantiate named no place");
  }
  const [, words = "", , line = "", column = ""] = match;
  // It may name a second place, by its absolute path.
  const message = words.replaceAll(`${root}/`, "").replaceAll(/\s+/g, " ").trim();
  return [{ path, rule: "syntax", severity: "error", line: Number(line), column: Number(column), message }];
}
