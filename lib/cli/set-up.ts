import type { SetupCall, VerifyCall } from "../core/setup.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { runSetup } from "../setup/run-setup.ts";
import type { SetupMode } from "../setup/setup-mode.ts";
import { verify } from "../setup/verify.ts";
import { canAsk, Interrupted, stopAsInterrupted, terminalPrompter } from "./prompts.ts";
import { setupMachine } from "./setup-machine.ts";
import type { Wiring } from "./wiring.ts";

/** `k setup` and its tasks: on a terminal it asks, with `--yes` it does, elsewhere it only tells. */
export async function setUp(call: SetupCall, wiring: Wiring, context: Omit<TaskContext, "use">): Promise<TaskResult> {
  const { io, global } = wiring;
  const attended = canAsk(io);
  const mode: SetupMode =
    global.yes === true
      ? { kind: "yes" }
      : attended
        ? { kind: "asks", prompter: terminalPrompter(context.signal) }
        : { kind: "tells" };
  const machine = setupMachine(wiring, context, attended);
  try {
    return await runSetup(global["dry-run"] === true ? { ...call, list: true } : call, mode, machine, {
      columns: Math.min(io.columns(), 100),
      print: context.print,
    });
  } catch (error) {
    if (!(error instanceof Interrupted)) {
      throw error;
    }
    machine.say("stopped: what was done stays, `k setup` goes on from there");
    return stopAsInterrupted();
  }
}

/** How things stand, in words and as an exit code. */
export function verifySetup(call: VerifyCall, wiring: Wiring, context: Omit<TaskContext, "use">): Promise<TaskResult> {
  const machine = setupMachine(wiring, context, false);
  return verify(call, machine, { columns: Math.min(wiring.io.columns(), 100), print: context.print });
}
