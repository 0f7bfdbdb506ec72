import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { matchLines } from "./lines.ts";

const fault = /^([\s\S]+?):(\d+):(\d+): (.*)$/;

/** Reads what gofumpt says on stderr of files that it cannot parse; columns count UTF-8 bytes from 1. */
export function parseGofumpt({ stderr }: ToolOutput): readonly ToolFinding[] {
  return matchLines(stderr, [fault], "gofumpt").map(([, path = "", line = "", column = "", message = ""]) => ({
    path,
    rule: "syntax",
    severity: "error",
    line: Number(line),
    column: Number(column),
    message,
  }));
}
