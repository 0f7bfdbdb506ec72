import type { HealthServices } from "../core/services.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.health`. */
export function healthServices(wiring: Wiring, context: Omit<TaskContext, "use">): HealthServices {
  return {
    async doctor(call) {
      const { doctor } = await import("./doctor.ts");
      return doctor(call, wiring, context);
    },
    async status(call) {
      const { statusAnswer } = await import("./status.ts");
      return statusAnswer(call, wiring);
    },
  };
}
