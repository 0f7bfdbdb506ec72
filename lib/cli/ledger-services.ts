import type { LedgerServices } from "../core/services.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.ledger`. */
export function ledgerServices(wiring: Wiring, { print, signal }: Omit<TaskContext, "use">): LedgerServices {
  const own = async (): Promise<typeof import("./kept-runs.ts")> => import("./kept-runs.ts");
  const passed: TaskResult = { status: "passed" };
  return {
    async last(question) {
      print((await own()).lastText(question, wiring));
      return passed;
    },
    async logs(question) {
      await (await own()).printLogs(question, wiring, { print, signal });
      return passed;
    },
    async runs(question) {
      print((await own()).runsText(question, wiring));
      return passed;
    },
  };
}
