import { join } from "node:path";
import {
  type Hook,
  type HookDefinition,
  type HookName,
  hookFacts,
  hookNames,
  type Job,
  type NamedJob,
  parseHookName,
} from "../core/hook.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import type { HookSettings } from "./configure.ts";
import { fileNames, type HookFolders, isInAnyFile, type Loaded, loadHookFile, unknownFile } from "./hook-files.ts";

/**
 * One hook with the jobs of both folders and of `konductor.toml`; undefined where none has it. Rejects with a
 * `ProblemError`.
 */
export async function loadHook(
  name: HookName,
  folders: HookFolders,
  settings: HookSettings
): Promise<Hook | undefined> {
  await refuseContradictions(settings);
  const hook = await loadChain(name, { folders, settings }, []);
  const isConfigured = settings.hooks[name] !== undefined || Object.keys(settings.jobs).length > 0;
  return hook === undefined || !isConfigured ? hook : (await import("./configure.ts")).configureHook(hook, settings);
}

/** Rejects with a `ProblemError` where settings of jobs contradict themselves. */
async function refuseContradictions(settings: HookSettings): Promise<void> {
  if (Object.keys(settings.jobs).length === 0) {
    return;
  }
  const faults = (await import("./check-settings.ts")).actionFaults(settings);
  if (faults.length > 0) {
    throw new ProblemError(...faults);
  }
}

/** Every hook that has a file; files with other names are an error. Rejects with a `ProblemError` that holds every problem. */
export async function loadAllHooks(folders: HookFolders, settings: HookSettings): Promise<readonly Hook[]> {
  const present = [folders.builtIn, ...(folders.own === undefined ? [] : [folders.own])].flatMap(fileNames);
  const named = Object.values(settings.jobs).flatMap(({ hooks = [] }) => hooks);
  const names = [...named, ...present.flatMap(({ name }) => parseHookName(name) ?? [])];
  const problems = present.filter(({ name }) => parseHookName(name) === undefined).map(unknownFile);
  const hooks: Hook[] = [];
  for (const name of hookNames.filter((known) => names.includes(known))) {
    try {
      const hook = await loadHook(name, folders, settings);
      if (hook !== undefined) {
        hooks.push(hook);
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) {
        throw error;
      }
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) {
    throw new ProblemError(...unique(problems));
  }
  return hooks;
}

/** A hook that is called after another one brings that one's problems again. */
function unique(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** The error for a word that names no hook of git. */
export function unknownHook(word: string): Problem {
  const near = nearest(word, hookNames);
  return {
    kind: "wrong-use",
    message: `git has no hook ${word}`,
    hint: near === undefined ? "`git help hooks` names them all" : `did you mean ${near}?`,
  };
}

interface Sources {
  readonly folders: HookFolders;
  readonly settings: HookSettings;
}

async function loadChain(name: HookName, sources: Sources, above: readonly HookName[]): Promise<Hook | undefined> {
  const { folders } = sources;
  const parts = await Promise.all([
    loadHookFile(join(folders.builtIn, `${name}.ts`), "built-in"),
    folders.own === undefined ? undefined : loadHookFile(join(folders.own, `${name}.ts`), "project", folders.cache),
  ]);
  const layers = parts.filter((part) => part !== undefined);
  const last = layers.at(-1);
  const jobs = new Map<string, NamedJob>();
  for (const layer of layers) {
    await addLayer(layer, jobs, sources, [...above, name]);
  }
  for (const job of await settingJobs(name, jobs, sources)) {
    jobs.set(job.name, job);
  }
  if (last === undefined && jobs.size === 0) {
    return undefined;
  }
  return {
    name,
    summary: last?.definition.summary ?? "What konductor.toml has it do",
    looksAt: last?.definition.looksAt ?? layers[0]?.definition.looksAt ?? hookFacts(name).looksAt,
    jobs: [...jobs.values()],
  };
}

/** Jobs that only `konductor.toml` has; one that names no hooks is of pre-commit, unless a hook file has it somewhere. */
async function settingJobs(
  hook: HookName,
  known: ReadonlyMap<string, NamedJob>,
  { folders, settings }: Sources
): Promise<readonly NamedJob[]> {
  const candidates = Object.entries(settings.jobs).filter(
    ([name, { hooks = ["pre-commit"] }]) => hooks.includes(hook) && !known.has(name)
  );
  if (candidates.length === 0) {
    return [];
  }
  const { newJob } = await import("./configure.ts");
  const jobs: NamedJob[] = [];
  for (const [name, own] of candidates) {
    const job = newJob(name, own, "konductor.toml");
    if (job !== undefined && (own.hooks !== undefined || !(await isInAnyFile(name, folders)))) {
      jobs.push(job);
    }
  }
  return jobs;
}

/** A later layer's job takes the place of an earlier one's of the same name; its conditions hold for all. */
async function addLayer(
  { definition, file, origin }: Loaded,
  jobs: Map<string, NamedJob>,
  sources: Sources,
  above: readonly HookName[]
): Promise<void> {
  const { like, skip, only } = definition;
  if (like !== undefined) {
    if (above.includes(like)) {
      throw new ProblemError({
        kind: "bad-task-file",
        file,
        why: `hooks are like each other in a circle: ${[...above, like].join(" → ")}`,
      });
    }
    for (const job of (await loadChain(like, sources, above))?.jobs ?? []) {
      jobs.set(job.name, job);
    }
  }
  for (const [name, job] of Object.entries(definition.jobs ?? {})) {
    if (job === false) {
      jobs.delete(name);
    } else {
      jobs.set(name, { name, job: job as Job, origin, file, skip: [], only: [] });
    }
  }
  const ofHook = [skip, only, definition.exclude, definition.env, definition.timeout];
  if (ofHook.every((value) => value === undefined)) {
    return;
  }
  for (const [name, job] of jobs) {
    jobs.set(name, {
      ...job,
      job: withCommon(job.job, definition),
      skip: [...job.skip, ...(skip === undefined ? [] : [skip])],
      only: [...job.only, ...(only === undefined ? [] : [only])],
    });
  }
}

/** What a hook file says for all of its jobs, below what a job says itself. */
function withCommon(job: Job, { exclude, env, timeout }: HookDefinition): Job {
  return {
    ...job,
    ...(exclude === undefined ? {} : { exclude: [...(job.exclude ?? []), ...exclude] }),
    ...(timeout === undefined || job.timeout !== undefined ? {} : { timeout }),
    ...(env === undefined || !("command" in job) ? {} : { env: { ...env, ...job.env } }),
  };
}
