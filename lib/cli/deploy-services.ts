import type { DeployServices } from "../core/deploy.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.deploy`. */
export function deployServices(wiring: Wiring, context: Omit<TaskContext, "use">): DeployServices {
  const own = async () => {
    const { DeployCommands } = await import("./deploy-commands.ts");
    return new DeployCommands(wiring, context);
  };
  return {
    render: async (flags) => (await own()).render(flags),
    validate: async (flags, files) => (await own()).validate(flags, files),
    diff: async (flags) => (await own()).diff(flags),
    apply: async (flags) => (await own()).apply(flags),
  };
}
