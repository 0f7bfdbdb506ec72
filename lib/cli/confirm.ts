import type { Plan } from "../core/plan.ts";
import { ProblemError } from "../core/problem.ts";
import type { Io } from "./io.ts";

/** Asks before anything runs, naming what each destructive task will take; refuses where nobody can answer. */
export async function confirmPlan({ tasks }: Plan, yes: boolean, io: Io): Promise<void> {
  const asking = tasks.filter(({ task }) => task.definition.confirm !== undefined);
  if (yes || asking.length === 0) {
    return;
  }
  for (const { task } of asking) {
    const what = `\`${task.id}\`: ${task.definition.confirm}`;
    if (!io.stdinIsTerminal) {
      throw new ProblemError({ kind: "refused", what, hint: "there is nobody to ask here: add --yes if you mean it" });
    }
    const answer = await io.ask(`${what}\ngo on? [y/N] `);
    if (!/^y(es)?$/i.test(answer?.trim() ?? "")) {
      throw new ProblemError({ kind: "refused", what: `${what}: not done`, hint: "nothing was run" });
    }
  }
}
