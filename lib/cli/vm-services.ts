import type { VmServices } from "../core/services.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.vm`. */
export function vmServices(wiring: Wiring, context: Omit<TaskContext, "use">): VmServices {
  const own = async () => {
    const { MachineCommands } = await import("./machine-commands.ts");
    return new MachineCommands(wiring, context);
  };
  return {
    build: async () => (await own()).build(),
    start: async (flags) => (await own()).start(flags),
    deploy: async (flags) => (await own()).deploy(flags),
    async deployConsole(flags) {
      const { attachConsole } = await import("./machine-console.ts");
      const commands = await own();
      await commands.begin(flags);
      return attachConsole(commands.socketOf(flags.name), wiring.io, context.signal);
    },
    stop: async (name, grace) => (await own()).stop(name, grace),
    ssh: async (name, command) => (await own()).ssh(name, command),
    async console(name) {
      const { attachConsole } = await import("./machine-console.ts");
      return attachConsole((await own()).socketOf(name), wiring.io, context.signal);
    },
    status: async (name, json) => (await own()).status(name, json),
    logs: async (name, lines) => (await own()).logs(name, lines),
    list: async (json) => (await own()).list(json),
    snapshot: async (name, snapshot) => (await own()).snapshot(name, snapshot),
    listSnapshots: async (name) => (await own()).listSnapshots(name),
    restore: async (name, snapshot) => (await own()).restore(name, snapshot),
    reset: async (name) => (await own()).reset(name),
    remove: async (name) => (await own()).remove(name),
    copy: async (name, from, to) => (await own()).copy(name, from, to),
  };
}
