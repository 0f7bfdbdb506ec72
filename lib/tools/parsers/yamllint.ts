import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { givenFile, matchLines } from "./lines.ts";

const line = /^([\s\S]+?):(\d+):(\d+): \[(error|warning)\] (.*?)(?: \(([\w-]+)\))?$/;

/** Rules with a page of their own section; what is wrong in the YAML itself has none. */
const url = "https://yamllint.readthedocs.io/en/stable/rules.html";

/** Reads `--format parsable`: columns count code points from 1. */
export function parseYamllint({ stdout, stderr, files }: ToolOutput): readonly ToolFinding[] {
  // Up to 1.35 a file that is not UTF-8 ends it with a traceback that names no file, and the exit code of findings.
  if (stderr.includes("Traceback (most recent call last)")) {
    return [undecodable(stderr, files)];
  }
  return matchLines(stdout, [line], "yamllint").map(
    ([, path = "", row = "", column = "", severity, message = "", rule = ""]) => ({
      path: givenFile(path, files, "yamllint"),
      rule,
      severity: severity === "error" ? "error" : "warning",
      line: Number(row),
      column: Number(column),
      message,
      ...(rule === "" || rule === "syntax" ? {} : { url: `${url}#module-yamllint.rules.${rule.replaceAll("-", "_")}` }),
    })
  );
}

function undecodable(stderr: string, files: readonly string[]): ToolFinding {
  const [path, ...others] = files;
  const why = /^UnicodeDecodeError: (.*)$/m.exec(stderr)?.[1];
  if (path === undefined || others.length > 0 || why === undefined) {
    throw new Error("yamllint ended with a traceback");
  }
  return { path, rule: "encoding", severity: "error", line: 1, column: 1, message: `not UTF-8: ${why}` };
}
