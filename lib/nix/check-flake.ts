import { followOrFail } from "./follow.ts";
import { Nix } from "./nix.ts";
import { requireFlake } from "./require-flake.ts";
import type { NixWorld } from "./world.ts";

/**
 * Evaluates every output for every system, and with `builds` then builds the checks of this one: those of others would need
 * machines for them. The lock is not written. Rejects with a `ProblemError` that holds what is wrong.
 */
export async function checkFlake(builds: boolean, more: readonly string[], world: NixWorld): Promise<void> {
  requireFlake(world.root);
  const nix = await Nix.recent(world, "`nix flake check --all-systems`");
  const check = ["flake", "check", "--no-update-lock-file"];
  await followOrFail(nix, [...check, "--all-systems", "--no-build", ...more], world);
  if (builds) {
    await followOrFail(nix, [...check, "--keep-going", ...more], world);
  }
}
