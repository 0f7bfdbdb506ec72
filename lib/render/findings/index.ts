import { compareFindings } from "../../core/finding.ts";
import type { FindingFormat } from "../../core/reporter.ts";
import { findingWords } from "../words.ts";
import { createStyle } from "../style.ts";
import { githubReport } from "./github.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";
import { type PrettyView, prettyFindings } from "./pretty.ts";
import type { FindingReport } from "./report.ts";
import { sarifReport } from "./sarif.ts";

export { findingFormats } from "../../core/reporter.ts";
export type { FindingReport, ReportOutcome, ReportTool } from "./report.ts";

/** As wide as most windows, without colour and without source. */
const blindView: PrettyView = {
  style: createStyle(false),
  columns: 100,
  wrap: false,
  verbose: false,
  readSource: () => undefined,
};

/** A whole report in one of the formats, ending in a newline where it is not empty; `view` matters to `pretty` only. */
export function renderFindings(format: FindingFormat, report: FindingReport, view: PrettyView = blindView): string {
  switch (format) {
    case "pretty":
      return report.findings.length === 0
        ? ""
        : `${prettyFindings(report.findings.toSorted(compareFindings), view)}\n${findingWords(report.findings)}\n`;
    case "json":
      return jsonReport(report);
    case "sarif":
      return sarifReport(report);
    case "github":
      return githubReport(report);
    case "junit":
      return junitReport(report);
  }
}
