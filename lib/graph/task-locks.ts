import type { FlagSpecs } from "../core/flag.ts";
import { completeFlags } from "../core/signature.ts";
import type { AnyTask, Lock } from "../core/task.ts";

/** The locks of a task that is called without flags: a fixer holds more when it fixes. */
export function locksWithoutFlags({ locks, flags }: AnyTask): readonly Lock[] {
  return typeof locks === "function" ? locks(completeFlags({}, (flags ?? {}) as FlagSpecs)) : (locks ?? []);
}
