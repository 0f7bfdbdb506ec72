import type { ImageServices } from "../core/image.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.image`. */
export function imageServices(wiring: Wiring, context: Omit<TaskContext, "use">): ImageServices {
  const own = async () => {
    const { ImageCommands } = await import("./image-commands.ts");
    return new ImageCommands(wiring, context);
  };
  return {
    step: async (step, flags) => (await own()).step(step, flags),
    container: async (flags) => (await own()).container(flags),
    login: async (flags) => (await own()).login(flags),
    push: async (flags) => (await own()).push(flags),
    publish: async (flags) => (await own()).publish(flags),
    exportMachine: async (flags) => (await own()).exportMachine(flags),
  };
}
