import { ProblemError } from "../core/problem.ts";
import type { Machine } from "./machine.ts";
import type { Seen } from "./show.ts";
import type { Step, Wishes } from "./step.ts";

/** A look that fails is a step that cannot be done: the others still can. */
export async function lookAt(step: Step, machine: Machine, wishes: Wishes): Promise<Seen> {
  try {
    return { step, look: await step.look(machine, wishes) };
  } catch (error) {
    if (error instanceof ProblemError && error.problems[0] !== undefined) {
      return { step, look: { status: "stuck", problem: error.problems[0] } };
    }
    throw error;
  }
}

export function lookAtAll(steps: readonly Step[], machine: Machine, wishes: Wishes): Promise<readonly Seen[]> {
  return Promise.all(steps.map((step) => lookAt(step, machine, wishes)));
}
