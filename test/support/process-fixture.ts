import {
  type Spawner,
  createSpawner,
  type SpawnerOptions,
  type SpawnRequest,
  type SpawnResult,
} from "../../lib/host/process/spawner.ts";
import { killBearers, newMarker } from "./survivors.ts";

/** A spawner for one test, and a marker that all it starts bears. */
export interface Fixture extends AsyncDisposable {
  readonly spawner: Spawner;
  readonly marker: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs a line of shell; throws where it could not be started. */
  sh(script: string, more?: Partial<SpawnRequest>): Promise<SpawnResult>;
}

export function processFixture(options: SpawnerOptions = { graceMs: 300 }): Fixture {
  const spawner = createSpawner(options);
  const marker = newMarker();
  const env = { PATH: process.env.PATH, HOME: "/nonexistent", LC_ALL: "C.UTF-8", MARKER: marker };
  return {
    spawner,
    marker,
    env,
    async sh(script, more = {}) {
      const outcome = await spawner.run({ argv: ["/bin/sh", "-c", script], cwd: "/", env, ...more });
      if (outcome.spawnError !== undefined) {
        throw new Error(outcome.message);
      }
      return outcome;
    },
    async [Symbol.asyncDispose]() {
      await spawner.close();
      killBearers(marker);
    },
  };
}
