import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import { type Doing, doStep } from "./do-step.ts";
import { lookAt } from "./look-at.ts";
import { showState, wrap } from "./show.ts";
import type { Step } from "./step.ts";

/** From step to step, each looked at when its turn comes: it may rest on what was just done. What is done stays done. */
export async function walk(chosen: readonly Step[], doing: Doing): Promise<TaskResult> {
  const { named, wishes, machine, columns } = doing;
  if (doing.mode.kind === "asks") {
    const words = "each step shows what it would change, then asks; Ctrl-C stops, and what was done stays";
    machine.say(wrap(words, columns, "").join("\n"));
  }
  const problems: Problem[] = [];
  const next: string[] = [];
  const left: string[] = [];
  for (const step of chosen) {
    machine.signal.throwIfAborted();
    const { look } = await lookAt(step, machine, wishes);
    machine.say(showState({ step, look }, columns));
    if (look.status === "stuck") {
      problems.push(...(named ? [look.problem] : []));
      left.push(...(named ? [] : [step.name]));
    } else if (look.status === "open" || look.status === "ask") {
      const end = await doStep(step, look, doing);
      problems.push(...(end.kind === "failed" ? end.problems : []));
      left.push(...(end.kind === "left" ? [step.name] : []));
      next.push(...(end.kind === "did" && end.afterwards !== undefined ? [end.afterwards] : []));
    }
  }
  const words = [
    ...[...new Set(next)].map((line) => `next: ${line}`),
    ...(left.length > 0 ? [`left as it is: ${left.join(", ")}; k setup ${left.join(" ")} takes it up`] : []),
  ];
  for (const line of words) {
    machine.say(wrap(line, columns, "").join("\n"));
  }
  return problems.length > 0 ? { status: "failed", problems } : { status: "passed" };
}
