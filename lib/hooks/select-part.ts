import type { Hook, NamedJob } from "../core/hook.ts";
import type { Tool } from "../core/tool.ts";
import type { GitOptions } from "../git/git.ts";
import type { RepositoryState } from "./conditions.ts";
import { type Content, entriesOf } from "./content.ts";
import type { HookRequest, HookWorld, Part } from "./hook-request.ts";
import { jobEnv } from "./job-env.ts";
import type { Opener } from "./open-contents.ts";
import { readState } from "./repository-state.ts";
import { selectJobs } from "./select.ts";
import type { Selection, Situation } from "./selection.ts";
import type { Staged } from "./staged.ts";
import type { StagedContent } from "./staged-content.ts";

/** Which jobs of a hook run over this content; `takes` says which of them it is for. */
export async function selectPart(
  hook: Hook,
  content: Content,
  takes: Opener["takes"],
  request: HookRequest,
  world: HookWorld
): Promise<Part> {
  const { selected, state } = await settle(hook, content, request, world);
  const staged = stagedOf(content);
  const jobs = selected.jobs.filter(({ isOnce }) => takes === "all" || isOnce === (takes === "once"));
  const selection = { jobs, leftOut: takes === "once" ? [] : selected.leftOut };
  const part = { content, selection, state };
  if (staged === undefined || !selection.jobs.some(({ fix }) => fix)) {
    return { ...part, fixes: undefined };
  }
  const { FixStage: Stage } = await import("./fix-stage.ts");
  return { ...part, fixes: new Stage(staged) };
}

/** Which jobs run; those of them that have a question are asked for again with its answer. */
async function settle(
  hook: Hook,
  content: Content,
  { wishes, over }: HookRequest,
  { config, place, spawner, signal, terminal }: HookWorld
): Promise<{ readonly selected: Selection; readonly state: RepositoryState }> {
  const known = readState(place.gitDir, place.env);
  const asksAny = hook.jobs.some(asksSomething);
  const asking = asksAny ? await import("./ask-jobs.ts") : undefined;
  const state = (await asking?.withMergeCommit(hook, known, place)) ?? known;
  const lists = over.kind === "usual";
  const situation: Situation = {
    state,
    config,
    tools: await toolsFor(hook),
    mendable: stagedOf(content) !== undefined,
    hasTerminal: terminal() !== undefined,
    ...(lists ? { listed: "unknown" } : {}),
  };
  const files = { now: entriesOf(content.groups), past: entriesOf(content.history) };
  const first = selectJobs(hook, files, wishes, situation);
  const git: GitOptions = { env: place.env, signal };
  const around = { hook, content, place, git, spawner, env: jobEnv(place.env), signal };
  const answers = await asking?.askFor(first.jobs, lists, around);
  if (answers === undefined) {
    return { selected: first, state };
  }
  const passed = { ...state, passed: answers.passed };
  const listed = lists ? { listed: answers.listed } : {};
  return { selected: selectJobs(hook, files, wishes, { ...situation, state: passed, ...listed }), state };
}

/** A program is to be asked, or git about a merge: most hooks need neither. */
function asksSomething({ job, skip, only }: NamedJob): boolean {
  const conditions = [...skip, ...only, job.skip, job.only];
  const asks = conditions.some((one) => one?.run !== undefined || one?.during?.includes("merge-commit") === true);
  return asks || ("command" in job && job.filesFrom !== undefined);
}

/** The table of tools takes a while to load, and only jobs that name one have a use for it. */
async function toolsFor({ looksAt, jobs }: Hook): Promise<ReadonlyMap<string, Tool>> {
  const hasFiles = looksAt !== "message" && looksAt !== "nothing";
  return hasFiles && jobs.some(({ job }) => "tool" in job)
    ? (await import("../tools/index.ts")).toolsByName
    : new Map();
}

/** Undefined where it is not the index that is looked at. */
export function stagedOf(content: Content): Staged | undefined {
  return "staged" in content ? (content as StagedContent).staged : undefined;
}
