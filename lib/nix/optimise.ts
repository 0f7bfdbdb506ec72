import { ProblemError } from "../core/problem.ts";
import { tellWarning } from "./follow.ts";
import type { Nix } from "./nix.ts";
import { nixProblem } from "./problems.ts";
import type { NixWorld } from "./world.ts";

/** Makes one file of those that are equal, by hard links. Resolves with what Nix says of it; rejects with a `ProblemError`. */
export async function optimiseStore(nix: Nix, world: NixWorld): Promise<string> {
  const args = ["store", "optimise"];
  const { exitCode, activity, rest } = await nix.follow(args, (told) => tellWarning(told, world));
  if (exitCode !== 0) {
    throw new ProblemError(nixProblem(args, exitCode, [...activity.errors, rest].join("\n")));
  }
  return activity.lastNote === "" ? "done" : activity.lastNote;
}
