import { ProblemError } from "../core/problem.ts";
import type { Told } from "./activity.ts";
import type { Nix } from "./nix.ts";
import { nixProblem } from "./problems.ts";
import type { NixWorld } from "./world.ts";

/** Runs a command of Nix with its progress told and its warnings logged; resolves with its stdout, rejects with a `ProblemError`. */
export async function followOrFail(nix: Nix, args: readonly string[], world: NixWorld): Promise<string> {
  const { exitCode, stdout, activity, rest } = await nix.follow(args, (told) => tellWarning(told, world));
  if (exitCode !== 0) {
    throw new ProblemError(nixProblem(args, exitCode, [...activity.errors, rest].join("\n")));
  }
  return stdout;
}

/** Of these Nix warns although they are what was asked for, or nothing to act on. */
const usual = [
  /^(updating|creating) lock file/,
  /^not writing modified lock file/,
  /^Git tree '.*' (is dirty|has uncommitted changes)/,
  / omitted \(use '--(legacy|all-systems)' to show\)/,
];

/** Logs a warning that a person can act on. */
export function tellWarning(told: Told, { log }: Pick<NixWorld, "log">): void {
  if (told.kind === "warning" && !usual.some((pattern) => pattern.test(told.text))) {
    log(`warning: ${told.text}`);
  }
}
