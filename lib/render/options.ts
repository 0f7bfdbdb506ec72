import type { Renderer } from "../core/event.ts";
import type { FindingFormat } from "../core/reporter.ts";
import type { ReportTool } from "./findings/report.ts";

export interface RenderOptions {
  /** Only what failed, and tools that are missing. */
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** A table of where the time went, behind the summary. */
  readonly timings: boolean;
  /** All but `pretty` are a document that takes stdout for itself; the reporter's lines go to stderr then. */
  readonly format?: FindingFormat;
  /** Absolute. */
  readonly root: string;
  /** A file's text by its path from `root`; `undefined` where it cannot be read. */
  readonly readSource: (path: string) => string | undefined;
  /** Adds Markdown to the page of a CI step; `github` only. */
  readonly stepSummary?: (markdown: string) => void;
  /** The tools that ran. Asked when the run is over: nobody knows before. */
  readonly tools?: () => readonly ReportTool[];
  /** From the repository's root to the project's, ending in `/`: CI places annotations by the repository. */
  readonly pathPrefix?: string;
}

/** A renderer that shares its terminal with text that is not its own. */
export interface RunRenderer extends Renderer {
  /** Writes to stdout as it is, clear of the renderer's own lines. */
  print(text: string): void;
}
