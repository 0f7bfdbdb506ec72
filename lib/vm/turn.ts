import { mkdirSync } from "node:fs";
import { machineLock } from "../host/machine-lock.ts";
import type { MachinePlaces } from "./machine.ts";
import type { VmWorld } from "./world.ts";

/** So long it is not worth a word, in milliseconds. */
const shortWait = 300;

/**
 * Does what changes a machine while no other `k` changes it. A wait is shown. What only waits for the guest stands outside,
 * so that a boot that hangs can be stopped.
 */
export async function inTurn<T>(
  name: string,
  places: MachinePlaces,
  world: VmWorld,
  work: () => Promise<T>
): Promise<T> {
  mkdirSync(places.locks, { recursive: true, mode: 0o700 });
  const timer = setTimeout(() => world.stage(`another k changes ${name}: waiting for it`), shortWait);
  const release = await machineLock(places.locks, name, "exclusive", world.signal).finally(() => clearTimeout(timer));
  try {
    world.signal.throwIfAborted();
    return await work();
  } finally {
    release?.();
  }
}
