/** How a run can be shown; `auto` is `listr` on a terminal, `github` inside GitHub Actions, else `plain`. */
export const reporters = ["auto", "listr", "plain", "json", "github"] as const;

export type ReporterName = (typeof reporters)[number];

/** In which form findings are given; all but `pretty` are documents that stand alone on stdout. */
export const findingFormats = ["pretty", "json", "sarif", "github", "junit"] as const;

export type FindingFormat = (typeof findingFormats)[number];
