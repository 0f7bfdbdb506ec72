import type { CacheServices } from "../core/services.ts";
import type { LintSession } from "../lint/session.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.cache`. */
export function cacheServices(wiring: Wiring, session: () => Promise<LintSession>): CacheServices {
  const own = async (): Promise<typeof import("./cache.ts")> => import("./cache.ts");
  return {
    status: async (json) => (await own()).cacheStatus(json, wiring),
    clean: async () => (await own()).cleanCache(wiring),
    prune: async (days) => (await own()).pruneCache(days, wiring),
    why: async (words) => (await own()).explainCache(words, wiring, await session()),
  };
}
