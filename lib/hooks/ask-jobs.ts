import type { Conditions, Hook, Operation, Program } from "../core/hook.ts";
import type { Problem } from "../core/problem.ts";
import { ProblemError } from "../core/problem.ts";
import type { GitOptions } from "../git/git.ts";
import type { Spawner } from "../host/process/spawner.ts";
import type { FileEntry } from "../lint/classify.ts";
import { shellLine } from "../lint/command-line.ts";
import { programKey, type RepositoryState } from "./conditions.ts";
import { type Content, scanPlaced } from "./content.ts";
import { tryGit } from "./git-call.ts";
import type { Place } from "./place.ts";
import type { SelectedJob } from "./selection.ts";

/** What programs are asked with. */
interface Around {
  readonly hook: Hook;
  readonly content: Content;
  readonly place: Place;
  readonly git: GitOptions;
  readonly spawner: Spawner;
  /** That of jobs. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** What the programs of jobs said. */
export interface Answers {
  readonly passed: ReadonlyMap<string, boolean>;
  readonly listed: ReadonlyMap<string, readonly FileEntry[]>;
}

/** The merges are known to git alone, so it is asked only where a condition is about them. */
export async function withMergeCommit(hook: Hook, state: RepositoryState, place: Place): Promise<RepositoryState> {
  const wanted: Operation = "merge-commit";
  const isAsked = hook.jobs.some((named) =>
    conditionsOf(named).some(({ during }) => during?.includes(wanted) === true)
  );
  if (!isAsked) {
    return state;
  }
  const { exitCode } = await tryGit(place, ["rev-parse", "--verify", "--quiet", "HEAD^2"]);
  return exitCode === 0 ? { ...state, during: [...state.during, wanted] } : state;
}

/** Asks what these jobs want to know before it is settled whether they run; undefined where there is nothing to ask. */
export async function askFor(
  jobs: readonly SelectedJob[],
  lists: boolean,
  around: Around
): Promise<Answers | undefined> {
  const programs = new Map(
    jobs.flatMap(conditionsOf).flatMap(({ run }) => (run === undefined ? [] : [[programKey(run), run] as const]))
  );
  const listing = jobs.flatMap(({ name, job }) =>
    lists && "command" in job && job.filesFrom !== undefined ? [{ name, env: job.env, program: job.filesFrom }] : []
  );
  if (programs.size === 0 && listing.length === 0) {
    return undefined;
  }
  const passed = await Promise.all(
    [...programs].map(async ([key, program]) => [key, await passes(program, around)] as const)
  );
  const listed: [string, readonly FileEntry[]][] = [];
  for (const { name, env, program } of listing) {
    listed.push([name, await filesFrom(name, program, env ?? {}, around)]);
  }
  return { passed: new Map(passed), listed: new Map(listed) };
}

function conditionsOf({ job, skip, only }: Hook["jobs"][number]): readonly Conditions[] {
  return [
    ...skip,
    ...only,
    ...(job.skip === undefined ? [] : [job.skip]),
    ...(job.only === undefined ? [] : [job.only]),
  ];
}

async function passes(argv: Program, { hook, place, spawner, env, signal }: Around): Promise<boolean> {
  const asked = { ...env, K_HOOK: hook.name };
  const ran = await spawner.run({ argv, cwd: place.top, env: asked, signal, capture: false });
  if (ran.spawnError !== undefined) {
    throw new ProblemError(notAsked(hook, argv, "it could not be started"));
  }
  return ran.exitCode === 0;
}

async function filesFrom(
  job: string,
  argv: Program,
  more: Around["env"],
  { hook, content, place, git, spawner, env, signal }: Around
): Promise<readonly FileEntry[]> {
  const { folder, isCopy } = await content.whole();
  const asked = { ...env, K_HOOK: hook.name, K_JOB: job, ...more };
  const ran = await spawner.run({ argv, cwd: folder, env: asked, signal });
  if (ran.spawnError !== undefined || ran.exitCode !== 0) {
    const why =
      ran.spawnError === undefined ? `it exited with ${ran.exitCode}: ${ran.stderr.trim()}` : "it could not be started";
    throw new ProblemError(notAsked(hook, argv, why.replace(/: $/, "")));
  }
  const paths = ran.stdout.split(ran.stdout.includes("\0") ? "\0" : "\n").map((path) => path.replace(/^\.\//, ""));
  const inside = paths.filter((path) => path !== "" && !path.startsWith("/") && !path.split("/").includes(".."));
  const files = [...new Set(inside)].map((path) => ({ path, tracked: true }));
  const groups = await scanPlaced(place.top, [{ base: folder, isCopy, files }], git);
  return groups.flatMap(({ entries }) => entries);
}

function notAsked({ name }: Hook, argv: Program, why: string): Problem {
  return {
    kind: "hook",
    what: `${name}: ${shellLine(argv)}: ${why}`,
    hint: `mend it where the job is: \`k hooks list ${name}\``,
  };
}
