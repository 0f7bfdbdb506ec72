import type { HookServices } from "../core/services.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.hooks`. */
export function hookServices(
  { opened, io, spawner, cores }: Wiring,
  { print, signal }: Omit<TaskContext, "use">
): HookServices {
  const own = async (): Promise<typeof import("./hooks.ts")> => import("./hooks.ts");
  return {
    install: async (hooks) => (await own()).installedText(hooks, opened, io),
    uninstall: async (hooks) => (await own()).uninstalledText(hooks, opened, io),
    status: async (json) => (await own()).hookStatus(json, opened, io, print),
    list: async (hooks, json) => (await own()).listedText(hooks, json, opened, io),
    validate: async () => (await own()).validatedText(opened, io),
    async run(call) {
      const { runHookCall } = await import("./run-hook-call.ts");
      const outcomes = await runHookCall(call, {
        home: opened.home,
        cwd: opened.cwd,
        configured: opened,
        io,
        spawner,
        cores,
        signal,
      });
      // What failed has been said; only that something did is left to say.
      return outcomes.some(({ status }) => status === "failed")
        ? { status: "failed", problems: [] }
        : { status: "passed" };
    },
  };
}
