import { ProblemError } from "../core/problem.ts";
import { type Cache, cacheLines } from "../nix/cachix.ts";
import { nixConfPath, systemNixConf } from "../nix/conf-path.ts";
import type { Machine } from "./machine.ts";
import { withBlock } from "./marked-block.ts";
import type { Offer } from "./offer.ts";
import { planFile } from "./user-file.ts";

export interface CacheWishes {
  /** What stands before .cachix.org. */
  readonly name: string;
  readonly cache: Cache;
  /** In the file of all users. */
  readonly system: boolean;
  /** Whether the daemon lets this user choose caches; undefined where it does not say. */
  readonly trusted: boolean | undefined;
}

/** What it takes to let Nix read from a cache; a text where its file has the lines already. Throws a `ProblemError`. */
export function offerCache({ name, cache, system, trusted }: CacheWishes, machine: Machine): Offer | string {
  const path = system ? machine.at(systemNixConf) : nixConfPath(machine.env);
  const lines = cacheLines(cache);
  const planned = planFile(path, (text) => withBlock(text, `cache ${name}`, lines), lines, { root: system });
  if (!planned.ok) {
    throw new ProblemError(planned.problem);
  }
  if (planned.change === undefined) {
    return `${path} has it, and another setting of Nix takes it back`;
  }
  const passedOver = trusted === false && !system;
  return {
    changes: [planned.change],
    about: [
      `what Nix takes from ${cache.url} is as its owner built it; it must be signed with ${cache.keys.join(" or ")}`,
      ...(passedOver ? ["the Nix daemon does not trust you, and passes over it: --system is for all users"] : []),
    ],
    question: system ? "do this for all users of this machine?" : "do this for yourself?",
    undo: `take the block \`konductor cache ${name}\` out of that file`,
    ...(system ? { afterwards: "restart the Nix daemon, where one runs" } : {}),
  };
}
