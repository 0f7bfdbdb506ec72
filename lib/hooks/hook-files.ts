import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type HookDefinition, hookNames, type NamedJob } from "../core/hook.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import { plainCopy } from "../host/declaration.ts";
import { baseOf } from "../host/declaration-base.ts";
import { DeclarationCache } from "../host/declaration-cache.ts";
import { loadFile } from "../host/load-file.ts";

/** Folders of hook files, absolute. */
export interface HookFolders {
  readonly builtIn: string;
  /** That of a trusted project. */
  readonly own: string | undefined;
  /** Where what those of a project declare is kept, so that they need not be loaded each time; nowhere where it is not given. */
  readonly cache?: string;
}

/** What one file says. */
export interface Loaded {
  readonly definition: HookDefinition;
  readonly file: string;
  readonly origin: NamedJob["origin"];
}

/** A file of a folder of hooks, by the name that it has, which may be none of git's. */
export interface HookFile {
  readonly name: string;
  readonly file: string;
}

/** All hook files of a folder; those that begin with `_` are theirs to import. */
export function fileNames(folder: string): readonly HookFile[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder)
    .toSorted()
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !/^[._]/.test(name))
    .map((name) => ({ name: name.replace(/\.ts$/, ""), file: join(folder, name) }));
}

/** The problem of a file that is called as no hook of git. */
export function unknownFile({ name, file }: HookFile): Problem {
  const near = nearest(name, hookNames);
  const why = `git has no hook ${name}${near === undefined ? "" : `: did you mean ${near}?`}`;
  return { kind: "bad-task-file", file, why };
}

/** The hook of a file, checked; undefined where there is no such file. Rejects with a `ProblemError`. */
export async function loadHookFile(
  file: string,
  origin: Loaded["origin"],
  cacheFolder?: string
): Promise<Loaded | undefined> {
  if (!existsSync(file)) {
    return undefined;
  }
  // Those of `k` itself are compiled in.
  const definition =
    origin === "built-in" || cacheFolder === undefined
      ? await definitionIn(file, origin)
      : await keptDefinition(file, origin, cacheFolder);
  return { definition, file, origin };
}

/** As it was when it was last loaded, where all that it says is written in it: to load it takes a tenth of a hook that does nothing. */
async function keptDefinition(file: string, origin: Loaded["origin"], cacheFolder: string): Promise<HookDefinition> {
  const name = basename(file);
  const cache = new DeclarationCache<HookDefinition>(cacheFolder, join("hooks", name), dirname(file), baseOf());
  const kept = cache.get(name);
  if (kept !== undefined) {
    return kept;
  }
  const stat = cache.plainStatOf(name);
  const definition = await definitionIn(file, origin);
  const copy = stat === undefined ? undefined : plainCopy(definition);
  if (stat !== undefined && copy !== undefined) {
    cache.put(name, stat, copy);
  }
  cache.save();
  return definition;
}

/** Rejects with a `ProblemError`. */
async function definitionIn(file: string, origin: Loaded["origin"]): Promise<HookDefinition> {
  let definition: unknown;
  try {
    definition = (await loadFile(file)).default;
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
  return definition as HookDefinition;
}

/** Whether any hook file of these folders has a job of this name. */
export async function isInAnyFile(job: string, { builtIn, own }: HookFolders): Promise<boolean> {
  const files = [builtIn, ...(own === undefined ? [] : [own])].flatMap(fileNames);
  const definitions = await Promise.all(files.map(({ file }) => loadHookFile(file, "built-in")));
  return definitions.some((loaded) => Object.hasOwn(loaded?.definition.jobs ?? {}, job));
}
