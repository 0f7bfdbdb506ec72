import type { Renderer, RunEvent, Terminal } from "../core/event.ts";
import type { FindingFormat } from "../core/reporter.ts";
import { renderFindings } from "./findings/index.ts";
import type { RenderOptions } from "./options.ts";
import { RunRecord } from "./record.ts";

/** Findings as one document on stdout when the run is over. */
export function createDocument(format: FindingFormat, terminal: Terminal, options: RenderOptions): Renderer {
  const record = new RunRecord();
  return {
    handle(event: RunEvent): void {
      if (event.type !== "task-output") {
        record.apply(event);
      }
    },
    async finish(): Promise<void> {
      const outcomes = record
        .own()
        .flatMap(({ row, outcome, took }) =>
          outcome === undefined ? [] : [{ id: row.id, outcome, durationMs: took }]
        );
      terminal.out(
        renderFindings(format, {
          findings: record.findings(),
          tools: options.tools?.() ?? [],
          outcomes,
          root: options.root,
          durationMs: record.at,
          pathPrefix: options.pathPrefix ?? "",
        })
      );
    },
  };
}
