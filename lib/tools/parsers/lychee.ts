import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { type JsonRecord, listOf, numberOf, parseJson, recordOf, textOf } from "./json.ts";

/** Reads `--format json`: broken links by file; since 0.23 each with its place, in code points from 1. */
export function parseLychee({ stdout }: ToolOutput): readonly ToolFinding[] {
  const report = recordOf(parseJson(stdout, "lychee"), "lychee's output");
  return [...linksOf(report, "error_map", "broken"), ...linksOf(report, "timeout_map", "timeout")];
}

function linksOf(report: JsonRecord, key: string, rule: string): readonly ToolFinding[] {
  // Up to 0.22 there is no map of timeouts.
  const map = recordOf(key === "error_map" ? report[key] : (report[key] ?? {}), key);
  return Object.entries(map).flatMap(([path, links]) =>
    listOf(links, key).map((value) => {
      const link = recordOf(value, "a link");
      const span = link.span === undefined || link.span === null ? undefined : recordOf(link.span, "span");
      const column = span?.column;
      return {
        path,
        rule,
        severity: "error",
        line: span === undefined ? 1 : numberOf(span.line, "line"),
        column: column === undefined || column === null ? 1 : numberOf(column, "column"),
        message: `${textOf(link.url, "url")}: ${reasonOf(recordOf(link.status, "status"))}`,
      };
    })
  );
}

function reasonOf(status: JsonRecord): string {
  const details = status.details;
  return typeof details === "string" && details !== "" ? details : textOf(status.text, "text");
}
