import { either, nearest } from "../core/suggest.ts";
import { ProblemError } from "../core/problem.ts";
import { type FlakeLock, loadFlakeLock, lockedNames } from "./flake-lock.ts";
import { followOrFail } from "./follow.ts";
import { type InputChange, lockChanges } from "./lock-change.ts";
import { Nix } from "./nix.ts";
import { requireFlake } from "./require-flake.ts";
import type { NixWorld } from "./world.ts";

/**
 * Brings inputs of the flake to their newest state, all where none is named. Resolves with what became of each direct
 * input; rejects with a `ProblemError`, flake.lock being as it was, for a name that is no input: Nix only warns of it.
 */
export async function updateInputs(
  inputs: readonly string[],
  more: readonly string[],
  world: NixWorld
): Promise<readonly InputChange[]> {
  requireFlake(world.root);
  const before = loadFlakeLock(world.root);
  const nix = await Nix.recent(world, "`nix flake update INPUT`");
  checkNames(inputs, before);
  await followOrFail(nix, ["flake", "update", ...inputs, ...more], world);
  const after = loadFlakeLock(world.root);
  checkNames(inputs, after);
  return lockChanges(before, after);
}

function checkNames(inputs: readonly string[], lock: FlakeLock): void {
  // Without a lock all inputs are locked, whichever are named: then what Nix made of it tells.
  if (inputs.length === 0 || lock.state === "missing") {
    return;
  }
  if (lock.state === "unreadable") {
    const message = `flake.lock cannot be read: ${lock.why}`;
    throw new ProblemError({ kind: "wrong-use", message, hint: "`git checkout flake.lock` brings the last one back" });
  }
  const names = lockedNames(lock);
  const problems = inputs
    .filter((input) => !names.includes(input))
    .map((input) => {
      const near = nearest(input, names);
      const known = either(lock.inputs.map(({ name }) => name)) ?? "none: the flake has no inputs";
      return {
        kind: "wrong-use",
        message: `the flake has no input \`${input}\``,
        hint: near === undefined ? `it has ${known}` : `did you mean ${near}?`,
      } as const;
    });
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
}
