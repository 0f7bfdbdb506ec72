import type { Plan } from "../core/plan.ts";
import { compareText } from "../core/finding.ts";

/** The plan in words, a line per task in the order in which they could run, each with its reason. */
export function showPlan({ tasks }: Plan): string {
  const lines = tasks.map(({ task, reason, waitsFor, flags, words, wrongPlatform }) => {
    const why = reason.kind === "asked" ? "asked for" : `needed by ${reason.by}`;
    const given = Object.entries(flags)
      .filter(([, value]) => value !== false)
      .toSorted(([a], [b]) => compareText(a, b))
      .map(([name, value]) =>
        value === true ? `--${name}` : `--${name}=${Array.isArray(value) ? value.join(",") : String(value)}`
      );
    const call = [task.id, ...given, ...words].join(" ");
    const notes = [
      why,
      ...(waitsFor.length === 0 ? [] : [`after ${waitsFor.join(", ")}`]),
      ...(task.definition.run === undefined ? ["gathers others"] : []),
      ...(wrongPlatform ? ["not on this platform"] : []),
      ...(task.definition.confirm === undefined ? [] : ["asks first"]),
    ];
    return `${call}  (${notes.join("; ")})`;
  });
  return `${lines.join("\n")}\n`;
}
