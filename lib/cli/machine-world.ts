import type { TaskContext } from "../core/task.ts";
import type { VmWorld } from "../vm/world.ts";
import type { Wiring } from "./wiring.ts";

/** The world of the machines' domain, as a task has it; `said` gathers what the user should know beside that it worked. */
export function machineWorld(
  { io, spawner }: Wiring,
  { signal, log, progress }: Pick<TaskContext, "signal" | "log" | "progress">
): VmWorld & { readonly said: readonly string[] } {
  const said: string[] = [];
  return {
    env: io.env,
    spawner,
    signal,
    said,
    say: (text) => {
      said.push(text);
      log(text);
    },
    stage: (text) => progress({ text }),
  };
}
