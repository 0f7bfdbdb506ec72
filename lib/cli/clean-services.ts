import type { CleanServices } from "../core/services.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.clean`. */
export function cleanServices(wiring: Wiring, context: Pick<TaskContext, "print" | "signal">): CleanServices {
  return {
    async run(call) {
      const { cleanUp } = await import("./clean-up.ts");
      return cleanUp(call, wiring, context);
    },
  };
}
