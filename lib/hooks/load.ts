import { existsSync, readdirSync } from "node:fs";
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

/** Folders of hook files, absolute. */
export interface HookFolders {
  readonly builtIn: string;
  /** That of a trusted project. */
  readonly own: string | undefined;
}

interface Loaded {
  readonly definition: HookDefinition;
  readonly file: string;
  readonly origin: NamedJob["origin"];
}

/** One hook with the jobs of both folders; undefined where neither has it. Rejects with a `ProblemError`. */
export async function loadHook(name: HookName, folders: HookFolders): Promise<Hook | undefined> {
  return loadChain(name, folders, []);
}

/** Every hook that has a file; files with other names are an error. Rejects with a `ProblemError` that holds every problem. */
export async function loadAllHooks(folders: HookFolders): Promise<readonly Hook[]> {
  const present = [folders.builtIn, ...(folders.own === undefined ? [] : [folders.own])].flatMap(fileNames);
  const names = present.flatMap(({ name }) => parseHookName(name) ?? []);
  const problems = present.filter(({ name }) => parseHookName(name) === undefined).map(unknownFile);
  const hooks: Hook[] = [];
  for (const name of hookNames.filter((known) => names.includes(known))) {
    try {
      const hook = await loadHook(name, folders);
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

interface HookFile {
  readonly name: string;
  readonly file: string;
}

function fileNames(folder: string): readonly HookFile[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder)
    .toSorted()
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !/^[._]/.test(name))
    .map((name) => ({ name: name.replace(/\.ts$/, ""), file: join(folder, name) }));
}

function unknownFile({ name, file }: HookFile): Problem {
  const near = nearest(name, hookNames);
  const why = `git has no hook ${name}${near === undefined ? "" : `: did you mean ${near}?`}`;
  return { kind: "bad-task-file", file, why };
}

async function loadChain(name: HookName, folders: HookFolders, above: readonly HookName[]): Promise<Hook | undefined> {
  const parts = await Promise.all([
    loadFile(join(folders.builtIn, `${name}.ts`), "built-in"),
    folders.own === undefined ? undefined : loadFile(join(folders.own, `${name}.ts`), "project"),
  ]);
  const layers = parts.filter((part) => part !== undefined);
  const last = layers.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const jobs = new Map<string, NamedJob>();
  for (const layer of layers) {
    await addLayer(layer, jobs, folders, [...above, name]);
  }
  return {
    name,
    summary: last.definition.summary,
    looksAt: last.definition.looksAt ?? layers[0]?.definition.looksAt ?? hookFacts(name).looksAt,
    jobs: [...jobs.values()],
  };
}

/** A later layer's job takes the place of an earlier one's of the same name; its conditions hold for all. */
async function addLayer(
  { definition, file, origin }: Loaded,
  jobs: Map<string, NamedJob>,
  folders: HookFolders,
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
    for (const job of (await loadChain(like, folders, above))?.jobs ?? []) {
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
  if (skip === undefined && only === undefined) {
    return;
  }
  for (const [name, job] of jobs) {
    jobs.set(name, {
      ...job,
      skip: [...job.skip, ...(skip === undefined ? [] : [skip])],
      only: [...job.only, ...(only === undefined ? [] : [only])],
    });
  }
}

async function loadFile(file: string, origin: Loaded["origin"]): Promise<Loaded | undefined> {
  if (!existsSync(file)) {
    return undefined;
  }
  let definition: unknown;
  try {
    definition = ((await import(file)) as { default?: unknown }).default;
  } catch (error) {
    if (error instanceof ProblemError) {
      throw error;
    }
    const why = `it does not load: ${error instanceof Error ? error.message : String(error)}`;
    throw new ProblemError({ kind: "bad-task-file", file, why });
  }
  // Those of `k` itself are held right by a test.
  const faults = origin === "built-in" ? [] : (await import("./check-definition.ts")).whyNoHook(definition);
  if (faults.length > 0) {
    throw new ProblemError(...faults.map((why): Problem => ({ kind: "bad-task-file", file, why })));
  }
  return { definition: definition as HookDefinition, file, origin };
}
