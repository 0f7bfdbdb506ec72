import type { TaskContext } from "../core/task.ts";
import type { NixWorld } from "../nix/world.ts";
import { createProgressLine } from "./progress-line.ts";
import type { Wiring } from "./wiring.ts";

type Context = Pick<TaskContext, "root" | "signal" | "log" | "progress" | "print">;

export function nixWorld({ opened, io, spawner }: Wiring, { root, signal, log, progress }: Context): NixWorld {
  return {
    env: io.env,
    root,
    spawner,
    signal,
    builders: opened.config.nix.builders,
    now: Date.now,
    log,
    progress,
  };
}

/** For a task whose output is the result: progress is one line on stderr that goes away, and so are words for the user, that stay. */
export function silentNixWorld(wiring: Wiring, context: Context): NixWorld & { print(text: string): void } {
  const line = createProgressLine(wiring.io, wiring.global.quiet === true);
  return {
    ...nixWorld(wiring, context),
    log(text) {
      line.clear();
      wiring.io.err(`${text}\n`);
    },
    progress: ({ text, done, total }) => {
      const steps = done === undefined || total === undefined ? "" : `${done}/${total} `;
      line.show(`${steps}${text ?? ""}`);
    },
    print(text) {
      line.clear();
      context.print(text);
    },
  };
}
