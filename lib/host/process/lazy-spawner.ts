import type { Spawner, SpawnerOptions } from "./spawner.ts";

/** A spawner that comes to be with the first process: where none is started, none of what it needs is loaded. `options` are asked for then. */
export function lazySpawner(options: () => SpawnerOptions = () => ({})): Spawner {
  let made: Spawner | undefined;
  let stopped = false;
  const real = (): Spawner => {
    if (made === undefined) {
      // Synchronous, since `start` is.
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() would come too late
      const { createSpawner } = require("./spawner.ts") as typeof import("./spawner.ts");
      made = createSpawner(options());
      if (stopped) {
        void made.stopAll();
      }
    }
    return made;
  };
  return {
    start: (request) => real().start(request),
    run: (request) => real().run(request),
    resize: (size) => made?.resize(size),
    isForeground: () => made?.isForeground() ?? false,
    async stopAll() {
      stopped = true;
      await made?.stopAll();
    },
    killAll() {
      stopped = true;
      made?.killAll();
    },
    async close() {
      stopped = true;
      await made?.close();
    },
  };
}
