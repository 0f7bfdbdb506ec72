import type { Conditions, Operation, Program } from "../core/hook.ts";

/** What conditions are about. */
export interface RepositoryState {
  readonly during: readonly Operation[];
  /** The branch that is checked out or being rebased; undefined where there is none. */
  readonly branch: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Which programs of conditions passed, by `programKey`; one that was not asked yet speaks neither for nor against. */
  readonly passed?: ReadonlyMap<string, boolean>;
}

export function programKey(program: Program): string {
  return JSON.stringify(program);
}

/** Why a job is not to run by its conditions, in words; undefined where it may. */
export function whyNot(
  { skip, only }: { readonly skip: readonly Conditions[]; readonly only: readonly Conditions[] },
  state: RepositoryState
): string | undefined {
  const met = skip.flatMap((conditions) => parts(conditions, state)).find(({ holds }) => holds === true);
  if (met !== undefined) {
    return met.is;
  }
  const missed = only.flatMap((conditions) => parts(conditions, state)).find(({ holds }) => holds === false);
  return missed?.wants;
}

interface Part {
  readonly holds: boolean | undefined;
  readonly is: string;
  readonly wants: string;
}

function parts({ during, branch, env, run }: Conditions, state: RepositoryState): readonly Part[] {
  const operation = during?.find((one) => state.during.includes(one));
  const glob = branch?.find((one) => state.branch !== undefined && new Bun.Glob(one).match(state.branch));
  const variable = env?.find((one) => isSet(one, state.env));
  return [
    ...(during === undefined
      ? []
      : [
          {
            holds: operation !== undefined,
            is: operation === "merge-commit" ? "the last commit is a merge" : `during a ${operation}`,
            wants: `only during a ${during.join(" or ")}`,
          },
        ]),
    ...(branch === undefined
      ? []
      : [
          {
            holds: glob !== undefined,
            is: `on branch ${state.branch}`,
            wants: `only on branch ${branch.join(" or ")}`,
          },
        ]),
    ...(env === undefined
      ? []
      : [{ holds: variable !== undefined, is: `${variable} is set`, wants: `only where ${env.join(" or ")} is set` }]),
    ...(run === undefined
      ? []
      : [
          {
            holds: state.passed?.get(programKey(run)),
            is: `${run.join(" ")} exits with 0`,
            wants: `${run.join(" ")} does not exit with 0`,
          },
        ]),
  ];
}

function isSet(wanted: string, env: RepositoryState["env"]): boolean {
  const at = wanted.indexOf("=");
  if (at > 0) {
    return env[wanted.slice(0, at)] === wanted.slice(at + 1);
  }
  return !["", "0", "false"].includes(env[wanted] ?? "");
}
