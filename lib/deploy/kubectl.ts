import { ProblemError } from "../core/problem.ts";
import type { ExecResult } from "../core/task.ts";

/** A cluster, by kubectl's own settings. */
export interface Cluster {
  /** Absolute. */
  readonly kubectl: string;
  readonly context: string;
}

type Run = (argv: readonly [string, ...string[]]) => Promise<ExecResult>;

/**
 * The cluster that the user names. None is the usual one: kubectl's current context is whatever was worked on last. Rejects with a
 * `ProblemError` that names those that there are.
 */
export async function needContext(
  context: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  run: Run
): Promise<Cluster> {
  const kubectl = Bun.which("kubectl", { PATH: env["PATH"] ?? "" });
  if (kubectl === null) {
    const install = "see https://kubernetes.io/docs/tasks/tools/; `nix develop .#konductor` has it";
    throw new ProblemError({ kind: "tool-missing", tool: "kubectl", install });
  }
  const told = await run([kubectl, "config", "get-contexts", "--output=name"]);
  const known = told.stdout.split("\n").filter((line) => line !== "");
  if (context !== undefined && known.includes(context)) {
    return { kubectl, context };
  }
  throw new ProblemError({
    kind: "refused",
    what: context === undefined ? "no cluster is named" : `kubectl knows no context ${context}`,
    hint: known.length === 0 ? "kubectl has no context yet" : `give one with --context: ${known.join(", ")}`,
  });
}

export function kubectlWords({ kubectl, context }: Cluster, words: readonly string[]): readonly [string, ...string[]] {
  return [kubectl, "--context", context, ...words];
}
