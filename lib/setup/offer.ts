import { agreed, type Consent } from "../core/consent.ts";
import type { TaskResult } from "../core/task.ts";
import { carryOutAll } from "./do-step.ts";
import type { Machine } from "./machine.ts";
import { showChanges, wrap } from "./show.ts";
import type { Change } from "./step.ts";

/** Changes that are no step of `k setup`, and are shown, asked for and made as those are. */
export interface Offer {
  readonly changes: readonly Change[];
  /** What the user should know before they say yes: what it is good for, what will be lost. */
  readonly about: readonly string[];
  readonly question: string;
  readonly undo: string;
  /** What there is to say once it is done. */
  readonly afterwards?: string;
}

/** Shows all of it, asks, and does it. Rejects with a `ProblemError` where nobody can be asked. */
export async function carryOutOffer(
  { changes, about, question, undo, afterwards }: Offer,
  consent: Consent,
  machine: Machine,
  columns: number
): Promise<TaskResult> {
  for (const line of about) {
    machine.say(wrap(line, columns, "").join("\n"));
  }
  machine.say(await showChanges({ undo }, changes, machine, columns));
  if (!(await agreed(consent, question, "nothing is changed"))) {
    machine.say("nothing is changed");
    return { status: "passed" };
  }
  const end = await carryOutAll(changes, afterwards, { machine, columns });
  if (end.kind === "failed") {
    return { status: "failed", problems: end.problems };
  }
  if (afterwards !== undefined) {
    machine.say(wrap(`next: ${afterwards}`, columns, "").join("\n"));
  }
  return { status: "passed" };
}
