import { existsSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { Nix } from "./nix.ts";
import type { NixWorld } from "./world.ts";

/** Of what `k` knows without Nix, from `k`'s home. */
export const factFiles = { source: "nix/lib/facts.nix", data: "nix/facts.json" } as const;

/** What the facts below `home` say, by whichever Nix is there: no flakes, no store, no build. Rejects with a `ProblemError`. */
export async function readFacts(home: string, world: NixWorld): Promise<unknown> {
  const file = join(home, factFiles.source);
  if (!existsSync(file)) {
    throw new ProblemError({ kind: "file", path: factFiles.source, what: "no facts", why: "it is not there" });
  }
  const nix = await Nix.find(world);
  // The dummy store is none: an old Nix evaluates so too, and one that may not write its store.
  return JSON.parse(await nix.output(["eval", "--store", "dummy://", "--json", "--file", file])) as unknown;
}
