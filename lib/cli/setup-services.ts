import type { SetupServices } from "../core/services.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.setup`. */
export function setupServices(wiring: Wiring, context: Omit<TaskContext, "use">): SetupServices {
  return {
    async run(call) {
      const { setUp } = await import("./set-up.ts");
      return setUp(call, wiring, context);
    },
    async verify(call) {
      const { verifySetup } = await import("./set-up.ts");
      return verifySetup(call, wiring, context);
    },
  };
}
