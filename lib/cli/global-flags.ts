import type { FlagSpecs, FlagValues } from "../core/flag.ts";
import { reporters } from "../core/reporter.ts";

/** Flags of the runner itself; they may stand before or after the task's name. */
export const globalFlags = {
  cwd: { type: "text", short: "C", value: "DIR", summary: "Run as if started in DIR", complete: "file" },
  jobs: {
    type: "number",
    short: "j",
    value: "N",
    min: 1,
    max: 1024,
    summary: "At most N jobs at once (default: the number of cores)",
  },
  "dry-run": { type: "boolean", short: "n", summary: "Print what would run, and why, and run nothing" },
  "keep-going": {
    type: "boolean",
    short: "k",
    summary: "Go on with what does not depend on a failed task (the default)",
  },
  "fail-fast": { type: "boolean", summary: "Stop everything at the first failure" },
  reporter: { type: "text", value: "NAME", choices: reporters, summary: "How the run is shown" },
  quiet: { type: "boolean", short: "q", summary: "Show only what failed" },
  verbose: { type: "boolean", short: "v", summary: "Show all output, live" },
  timeout: { type: "number", value: "SECONDS", min: 1, summary: "Stop a task that runs longer" },
  "no-cache": { type: "boolean", summary: "Use no results of earlier runs, and keep none of this one" },
  yes: { type: "boolean", short: "y", summary: "Answer yes to every question" },
  color: { type: "boolean", summary: "Colour even in a pipe" },
  "no-color": { type: "boolean", summary: "No colour" },
  trace: {
    type: "text",
    value: "FILE",
    complete: "file",
    summary: "Write what ran and waited when to FILE, for Perfetto or chrome://tracing",
  },
  report: { type: "text", value: "FILE", complete: "file", summary: "Write a page about the run to FILE, as HTML" },
  timings: { type: "boolean", summary: "Show how long each task took and what the run waited for" },
  help: { type: "boolean", short: "h", summary: "Show help for k or for the task" },
  version: { type: "boolean", short: "V", summary: "Print the version of k" },
} as const satisfies FlagSpecs;

export type GlobalFlags = FlagValues<typeof globalFlags>;
