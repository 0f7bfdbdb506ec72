import type { Problem } from "../core/problem.ts";

/** The words of the check `nix` of doctor. */
export const missingNix: Problem = {
  kind: "not-ready",
  check: "nix",
  found: "`nix` is not on PATH",
  mend: "k setup:nix (or by hand: https://lix.systems/install/)",
};

/** A command of Nix that failed, with all that it said. */
export function nixProblem(args: readonly string[], exitCode: number, said: string): Problem {
  const command = `nix ${args.join(" ")}`;
  const detail = Bun.stripANSI(said).trim();
  return {
    kind: "nix",
    what: `\`${command}\` exited with ${exitCode}`,
    hint: hintFor(detail) ?? `to see it again: ${command}`,
    ...(detail === "" ? {} : { detail }),
  };
}

/** What to do about the commonest failures that the user's machine, not the flake, is the cause of. */
export function hintFor(said: string): string | undefined {
  if (/api\.github\.com.*HTTP error (403|429)|rate limit/is.test(said)) {
    return "GitHub answers no more for now: put `access-tokens = github.com=TOKEN`, a token without rights, into your nix.conf";
  }
  if (/(Couldn't|Could not) resolve host/.test(said)) {
    return "there is no network: inputs that are not in the store cannot be fetched";
  }
  if (
    /path '.*' does not contain a 'flake.nix'|flake\.nix' does not exist|is not tracked by Git|not under version control/.test(
      said
    )
  ) {
    return "Nix sees only files that git knows: `git add` them first";
  }
  if (/requires lock file changes but they're not allowed/.test(said)) {
    return "flake.lock lacks an input that flake.nix names: `k nix:update` writes it";
  }
  return /No space left on device/.test(said) ? "the disk is full: `k nix:gc --dry-run` says what can go" : undefined;
}

export function notStarted(tool: string, why: string): Problem {
  return { kind: "tool-not-started", tool, why, command: tool };
}
