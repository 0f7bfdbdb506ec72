import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { listOf, numberOf, parseJson, recordOf, textOf } from "./json.ts";

/** Reads `-format '{{json .}}'`: columns count code points from 1, the end is the last one within. */
export function parseActionlint({ stdout }: ToolOutput): readonly ToolFinding[] {
  return listOf(parseJson(stdout, "actionlint"), "actionlint's output").map((value) => {
    const error = recordOf(value, "an error");
    const line = Math.max(1, numberOf(error.line, "line"));
    const column = Math.max(1, numberOf(error.column, "column"));
    const { rule, message, url } = ruleOf(textOf(error.kind, "kind"), textOf(error.message, "message"));
    return {
      path: textOf(error.filepath, "filepath"),
      rule,
      severity: "error",
      line,
      column,
      endLine: line,
      endColumn: Math.max(column, numberOf(error.end_column, "end_column")) + 1,
      message,
      url,
    };
  });
}

/** `shellcheck reported issue in this script: SC2086:info:1:6: words` speaks for a rule of shellcheck. */
function ruleOf(kind: string, text: string): { readonly rule: string; readonly message: string; readonly url: string } {
  const shell = /^shellcheck reported issue in this script: (SC\d+):\w+:\d+:\d+: (.*)$/s.exec(text);
  if (shell?.[1] !== undefined && shell[2] !== undefined) {
    return { rule: shell[1], message: shell[2], url: `https://www.shellcheck.net/wiki/${shell[1]}` };
  }
  return { rule: kind, message: text, url: "https://github.com/rhysd/actionlint/blob/main/docs/checks.md" };
}
