import type { TaskContext, TaskResult } from "../core/task.ts";
import { uninstallNix } from "../setup/uninstall-nix.ts";
import { consentOf, withQuestions } from "./consent.ts";
import { canAsk } from "./prompts.ts";
import { setupMachine } from "./setup-machine.ts";
import type { Wiring } from "./wiring.ts";

/** `k nix:uninstall`. */
export function removeNix(wiring: Wiring, context: Omit<TaskContext, "use">): Promise<TaskResult> {
  const { io } = wiring;
  const machine = setupMachine(wiring, context, canAsk(io));
  const columns = Math.min(io.columns(), 100);
  return withQuestions(() => uninstallNix(consentOf(wiring, context.signal), machine, columns));
}
