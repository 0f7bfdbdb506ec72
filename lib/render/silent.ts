import type { Outcome, RunEvent, Terminal } from "../core/event.ts";
import type { RunRenderer } from "./options.ts";
import { problemLines } from "./problems.ts";
import { createStyle } from "./style.ts";

/** For tasks whose own output is the result: it adds nothing but what went wrong, on stderr. */
export function createSilent(terminal: Terminal): RunRenderer {
  const outcomes: Outcome[] = [];
  return {
    handle(event: RunEvent): void {
      if (event.type === "task-finished") {
        outcomes.push(event.outcome);
      }
    },
    finish(): Promise<void> {
      const problems = outcomes.flatMap((outcome) => (outcome.status === "failed" ? outcome.problems : []));
      terminal.err(problemLines(problems, createStyle(terminal.colour)));
      return Promise.resolve();
    },
    print: (text) => terminal.out(text),
  };
}
