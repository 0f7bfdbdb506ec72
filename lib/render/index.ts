import type { RunEvent, Terminal } from "../core/event.ts";
import type { ReporterName } from "../core/reporter.ts";
import { isDocument } from "./findings/report.ts";
import type { RenderOptions, RunRenderer } from "./options.ts";

export { findingFormats, reporters } from "../core/reporter.ts";
export type { RenderOptions, RunRenderer } from "./options.ts";

export type ReporterKind = Exclude<ReporterName, "auto">;

/** `auto` decided: rows where they can be drawn, else what the CI understands, else lines. */
export function pickReporter(
  wanted: ReporterName,
  where: { readonly live: boolean; readonly githubActions: boolean }
): ReporterKind {
  if (wanted === "auto") {
    return where.githubActions ? "github" : where.live ? "listr" : "plain";
  }
  // Rows cannot be drawn into a pipe, whoever asks for them.
  return wanted === "listr" && !where.live ? "plain" : wanted;
}

/** The renderer of a run. Each kind, and listr2 with its one, is loaded only here. */
export async function createRenderer(
  kind: ReporterKind,
  terminal: Terminal,
  options: RenderOptions
): Promise<RunRenderer> {
  if (!isDocument(options.format)) {
    return reporter(kind, sized(terminal), options);
  }
  const { createDocument } = await import("./document.ts");
  const document = createDocument(options.format, terminal, options);
  const lines = await reporter(
    kind,
    sized(terminal, (text) => terminal.err(text)),
    options
  );
  return {
    handle(event: RunEvent): void {
      lines.handle(event);
      document.handle(event);
    },
    async finish(): Promise<void> {
      await lines.finish();
      await document.finish();
    },
    print: (text) => terminal.out(text),
  };
}

async function reporter(kind: ReporterKind, terminal: Terminal, options: RenderOptions): Promise<RunRenderer> {
  switch (kind) {
    case "listr":
      return (await import("./listr.ts")).createListr(terminal, options);
    case "plain":
      return (await import("./plain.ts")).createPlain(terminal, options);
    case "json":
      return (await import("./json.ts")).createJson(terminal);
    case "github":
      return (await import("./github.ts")).createGithub(terminal, options);
  }
}

/**
 * The same terminal, with a size even where it says none, as pseudo-terminals of CI do, and with another place for
 * lines where stdout belongs to a document.
 */
function sized(terminal: Terminal, out = (text: string): void => terminal.out(text)): Terminal {
  return {
    out,
    err: (text) => terminal.err(text),
    colour: terminal.colour,
    live: terminal.live,
    columns: () => terminal.columns() || 80,
    rows: () => terminal.rows() || 24,
  };
}
