import type { ToolFinding } from "../../core/tool.ts";

/**
 * What the go command says in text of files that it cannot use: `vet: x.go:7:6: x declared but not used`,
 * `x.go:3:8: no required module provides package y; to add it:`, `/path/go.mod:1: unknown directive: modul`.
 */
export function goCommandFindings(text: string): readonly ToolFinding[] {
  const pattern = /^(?:vet: )?([^\s#][^\n]*?\.(?:go|mod|work)):(\d+)(?::(\d+))?: (.*)$/gm;
  return [...text.matchAll(pattern)].map(([, path = "", line = "", column = "1", message = ""]) => ({
    path,
    rule: /\.(?:mod|work)$/.test(path) ? "module" : "compile",
    severity: "error",
    line: Number(line),
    column: Number(column),
    // Below it stands the command that would mend it.
    message: message.replace(/; to add it:$/, ""),
  }));
}
