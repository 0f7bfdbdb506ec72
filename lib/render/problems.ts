import type { Outcome } from "../core/event.ts";
import { type Problem, show } from "../core/problem.ts";
import { oneLine, printable } from "./printable.ts";
import type { Style } from "./style.ts";

/**
 * `error:` and `hint:` lines, each pair once. Raw output that a problem carries stands between them, unless
 * `shown` says that the user has it already.
 */
export function problemLines(
  problems: readonly Problem[],
  style: Style,
  shown: (detail: string) => boolean = () => false
): string {
  const pairs = new Set<string>();
  for (const problem of problems) {
    const { message, hint, detail } = show(problem);
    const lines = [`${style.bad("error:")} ${oneLine(message)}`];
    if (detail !== undefined && detail.trim() !== "" && !shown(detail)) {
      lines.push(indent(printable(detail, style.colour)));
    }
    if (hint !== undefined) {
      lines.push(`${style.note("hint:")} ${oneLine(hint)}`);
    }
    pairs.add(`${lines.join("\n")}\n`);
  }
  return [...pairs].join("");
}

/** An outcome as data for other programs. */
export function outcomeData(outcome: Outcome): object {
  return outcome.status === "failed" ? { ...outcome, problems: outcome.problems.map(problemData) } : outcome;
}

/** A problem as data for other programs: its own fields, and `text` and `hint`, the words that `k` has for it. */
function problemData(problem: Problem): object {
  const { message, hint } = show(problem);
  return { ...problem, text: message, ...(hint === undefined ? {} : { hint }) };
}

function indent(text: string): string {
  return text.replace(/\s+$/, "").replace(/^(?=.)/gm, "  ");
}
