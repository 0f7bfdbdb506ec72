import type { Outcome } from "../core/event.ts";
import type { Finding } from "../core/finding.ts";
import { type Problem, show } from "../core/problem.ts";
import type { SkipReason } from "../core/task.ts";
import type { TaskId } from "../core/task-id.ts";
import { oneLine } from "./printable.ts";

/** `1 finding`, `14 findings`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** A span of milliseconds as people say it: `24 ms`, `4.2 s`, `1 min 12 s`, `1 h 3 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 99.5) {
    return `${Math.round(milliseconds)} ms`;
  }
  if (milliseconds < 59_950) {
    return `${(milliseconds / 1000).toFixed(1)} s`;
  }
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A span that still grows: whole seconds, so that it does not flicker. */
export function elapsedWords(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : duration(seconds * 1000);
}

/** Why a task was skipped, without the command that would mend it. */
export function skipWords(reason: SkipReason): string {
  switch (reason.kind) {
    case "nothing-to-do":
      return oneLine(reason.why);
    case "tool-missing":
      return `\`${reason.tool}\` is not to be found`;
    case "platform":
      return `it runs on ${reason.platforms.join(" and ")} only`;
    case "need-failed":
      return `\`${reason.need}\` did not pass`;
    case "turned-off":
      return `turned off in ${oneLine(reason.where)}`;
  }
}

/** Why a task failed, on one line: its first problem and how many more there are, or the code of the program that it stands for. */
export function failWords(
  id: TaskId,
  { problems, exitCode }: { readonly problems: readonly Problem[]; readonly exitCode?: number }
): string {
  const [first, ...more] = problems;
  if (first === undefined) {
    return exitCode === undefined ? "what it needs did not pass" : `it ended with ${exitCode}`;
  }
  const message = oneLine(show(first).message);
  const own = `\`${id}\` `;
  const words = message.startsWith(own) ? message.slice(own.length) : message;
  return more.length === 0 ? words : `${words}, and ${more.length} more`;
}

/** The part in brackets behind an outcome: the task's own note and the time it took. */
export function noteWords(outcome: Outcome, took: number): string {
  const note = "note" in outcome && outcome.note !== undefined ? `${oneLine(outcome.note)}, ` : "";
  return `${note}${duration(took)}`;
}

/** `14 findings in 3 files, 5 fixable with --fix`. */
export function findingWords(findings: readonly Finding[]): string {
  const files = new Set(findings.map((finding) => finding.path)).size;
  const fixable = findings.filter((finding) => finding.fix !== undefined).length;
  const words = `${count(findings.length, "finding")} in ${count(files, "file")}`;
  return fixable === 0 ? words : `${words}, ${fixable} fixable with --fix`;
}
