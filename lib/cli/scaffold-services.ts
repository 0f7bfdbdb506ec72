import type { ScaffoldServices } from "../core/services.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.scaffold`. */
export function scaffoldServices(wiring: Wiring, context: Pick<TaskContext, "signal">): ScaffoldServices {
  return {
    async create(call) {
      const { createScaffold } = await import("./create-scaffold.ts");
      return createScaffold(call, wiring, context.signal);
    },
  };
}
