import { type Problem, ProblemError } from "../core/problem.ts";
import { either, nearest } from "../core/suggest.ts";
import { type Builder, builderLine, type FoundBuilder } from "./builders.ts";

/** Each as a line of Nix's file, with where it is read. */
export function buildersText(builders: readonly FoundBuilder[]): string {
  return builders.length === 0
    ? "there are no remote builders: `k nix:builders:add URI` adds one\n"
    : builders.map((builder) => `${builderLine(builder)}\n  from ${builder.from}\n`).join("");
}

/** Throws a `ProblemError` where there is none of that address. */
export function builderNamed(uri: string, builders: readonly FoundBuilder[]): FoundBuilder {
  const uris = builders.map((builder) => builder.uri);
  const found = builders.find((builder) => builder.uri === uri);
  if (found === undefined) {
    const near = nearest(uri, uris);
    const hint = near === undefined ? `there is ${either(uris) ?? "none"}` : `did you mean ${near}?`;
    throw new ProblemError({ kind: "wrong-use", message: `there is no builder ${uri}`, hint });
  }
  return found;
}

/** A blank, a comma or a mark of the file in one word would make it several, or none: throws a `ProblemError` for each. */
export function checkWords({ uri, systems, sshKey, features, mandatory, hostKey }: Builder): void {
  const words = [uri, sshKey, hostKey, ...systems, ...features, ...mandatory].filter((word) => word !== undefined);
  const problems = words
    .filter((word) => word === "" || word === "-" || /[\s;#,]/.test(word) || word.startsWith("@"))
    .map(
      (word): Problem => ({
        kind: "wrong-use",
        message: `\`${word}\` cannot stand in Nix's list of builders`,
        hint: "words there have no blank and none of ; # , and do not begin with @",
      })
    );
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
}

export function unreachable({ uri }: Builder, why: string): Problem {
  return {
    kind: "nix",
    what: `${uri} does not build for this machine: ${why}`,
    hint: "`ssh` must reach it without a question, as the user who builds (root, where a Nix daemon runs), and find `nix` there",
  };
}
