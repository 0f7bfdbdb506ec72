import { ProblemError } from "../core/problem.ts";
import type { SetupCall, SetupStep } from "../core/setup.ts";
import type { TaskResult } from "../core/task.ts";
import { lookAtAll } from "./look-at.ts";
import type { Machine } from "./machine.ts";
import type { SetupMode, SetupScreen } from "./setup-mode.ts";
import { showChanges, showState, statesJson, wrap } from "./show.ts";
import type { Step, Wishes } from "./step.ts";
import { steps } from "./steps.ts";
import { walk } from "./walk.ts";

/** Looks at the steps that were asked for, and does them, or only tells. Rejects with a `ProblemError`. */
export async function runSetup(
  call: SetupCall,
  mode: SetupMode,
  machine: Machine,
  screen: SetupScreen
): Promise<TaskResult> {
  const chosen = chooseSteps(call.steps);
  const wishes = wishesOf(call);
  if (mode.kind !== "tells" && call.list !== true && call.json !== true) {
    const named = call.steps.length > 0;
    return walk(chosen, { named, machineToo: call.machine === true, wishes, mode, machine, columns: screen.columns });
  }
  const isOpen = await tell(chosen, call.json === true, wishes, machine, screen);
  if (isOpen && call.list !== true && call.json !== true) {
    const what = "nothing is changed: there is nobody to ask here";
    throw new ProblemError({ kind: "refused", what, hint: "add --yes to do it, or run it on a terminal" });
  }
  return { status: "passed" };
}

function chooseSteps(names: readonly SetupStep[]): readonly Step[] {
  return names.length === 0 ? steps : steps.filter(({ name }) => names.includes(name));
}

function wishesOf({ global = false, system = false, name, email }: SetupCall): Wishes {
  return { global, system, name, email };
}

/** Says how all of them stand; resolves with whether there is anything to do. */
async function tell(
  chosen: readonly Step[],
  json: boolean,
  wishes: Wishes,
  machine: Machine,
  { columns, print }: SetupScreen
): Promise<boolean> {
  const seen = await lookAtAll(chosen, machine, wishes);
  if (json) {
    print(statesJson(seen, machine));
    return false;
  }
  for (const { step, look } of seen) {
    print(`${showState({ step, look }, columns)}\n`);
    if (look.status === "open") {
      print(`${await showChanges(step, look.changes, machine, columns)}\n`);
    }
  }
  const open = seen.filter(({ look }) => look.status === "open" || look.status === "ask");
  const names = open.map(({ step }) => step.name).join(" ");
  print(
    open.length === 0
      ? "nothing is left to do\n"
      : `${wrap(`${open.length} open: k setup ${names}`, columns, "").join("\n")}\n`
  );
  return open.length > 0;
}
