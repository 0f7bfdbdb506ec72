import { readdirSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../core/finding.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { AnyTask, Task } from "../core/task.ts";
import { taskIdOfFile, type TaskId } from "../core/task-id.ts";

/** A folder of task files. */
export interface TaskFolder {
  /** Absolute. */
  readonly path: string;
  readonly origin: Task["origin"];
}

/** All tasks of `k` and of the project, by name and by alias. */
export interface TaskCatalog {
  get(id: TaskId): Task | undefined;
  ids(): readonly TaskId[];
  resolve(word: string): Task | undefined;
  words(): readonly string[];
  all(): readonly Task[];
  /** The built-in whose place a project's task takes. */
  overridden(id: TaskId): Task | undefined;
}

/**
 * Reads every task file below the folders. A later folder's task takes the place of an earlier one's of the same name,
 * and its aliases win; two in the same folder that claim one name are an error that names both. Tasks that work on `k`
 * itself are left out unless the project is `k`'s home.
 */
export async function discoverTasks(
  folders: readonly TaskFolder[],
  isHome: boolean
): Promise<
  { readonly ok: true; readonly catalog: TaskCatalog } | { readonly ok: false; readonly problems: readonly Problem[] }
> {
  const problems: Problem[] = [];
  const byId = new Map<TaskId, Task>();
  const byWord = new Map<string, Task>();
  const overridden = new Map<TaskId, Task>();
  for (const folder of folders) {
    const tasks = (await loadFolder(folder, problems)).filter(
      ({ definition }) => isHome || definition.homeOnly !== true
    );
    const claimed = new Map<string, Task>();
    for (const task of tasks) {
      const before = byId.get(task.id);
      if (before !== undefined) {
        overridden.set(task.id, before);
      }
      byId.set(task.id, task);
      for (const word of [task.id, ...(task.definition.aliases ?? [])]) {
        const other = claimed.get(word);
        if (other !== undefined && other.id !== task.id) {
          problems.push({ kind: "name-clash", name: word, first: other.file, second: task.file });
        }
        claimed.set(word, task);
        byWord.set(word, task);
      }
    }
  }
  if (problems.length > 0) {
    return { ok: false, problems };
  }
  // An alias of a built-in never hides a task's own name.
  for (const [id, task] of byId) {
    byWord.set(id, task);
  }
  for (const [word, task] of byWord) {
    if (byId.get(task.id) !== task) {
      byWord.delete(word);
    }
  }
  return { ok: true, catalog: catalogOf(byId, byWord, overridden) };
}

function catalogOf(
  byId: ReadonlyMap<TaskId, Task>,
  byWord: ReadonlyMap<string, Task>,
  overridden: ReadonlyMap<TaskId, Task>
): TaskCatalog {
  const sorted = [...byId.keys()].toSorted(compareText);
  return {
    get: (id) => byId.get(id),
    ids: () => sorted,
    resolve: (word) => byWord.get(word),
    words: () => [...byWord.keys()],
    all: () => sorted.flatMap((id) => byId.get(id) ?? []),
    overridden: (id) => overridden.get(id),
  };
}

async function loadFolder({ path, origin }: TaskFolder, problems: Problem[]): Promise<readonly Task[]> {
  const files = taskFiles(path, "", problems);
  const seen = new Map<TaskId, string>();
  const loaded = files.map(async (relative): Promise<Task | undefined> => {
    const file = join(path, relative);
    const id = taskIdOfFile(relative);
    if (id === undefined) {
      problems.push({ kind: "bad-task-file", file, why: "a task's name is lower-case letters, digits and dashes" });
      return undefined;
    }
    const twin = seen.get(id);
    if (twin !== undefined) {
      problems.push({ kind: "name-clash", name: id, first: twin, second: file });
    }
    seen.set(id, file);
    const definition = await loadTask(file, problems);
    return definition === undefined ? undefined : { id, definition, file, origin };
  });
  return (await Promise.all(loaded)).filter((task) => task !== undefined);
}

function taskFiles(folder: string, below: string, problems: Problem[]): string[] {
  let entries: import("node:fs").Dirent[];
  try {
    entries = readdirSync(join(folder, below), { withFileTypes: true });
  } catch (error) {
    problems.push({
      kind: "file",
      path: join(folder, below),
      what: "the tasks folder cannot be read",
      why: reasonOf(error),
    });
    return [];
  }
  return entries
    .toSorted((a, b) => compareText(a.name, b.name))
    .flatMap((entry) => {
      const relative = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.name.startsWith(".") || entry.name.startsWith("_")) {
        return [];
      }
      if (entry.isDirectory()) {
        return taskFiles(folder, relative, problems);
      }
      return entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts") ? [relative] : [];
    });
}

async function loadTask(file: string, problems: Problem[]): Promise<AnyTask | undefined> {
  try {
    const loaded: unknown = await import(file);
    const definition: unknown = (loaded as { default?: unknown }).default;
    const why = whyNoTask(definition);
    if (why === undefined) {
      return definition as AnyTask;
    }
    problems.push({ kind: "bad-task-file", file, why });
  } catch (error) {
    if (error instanceof ProblemError) {
      problems.push(...error.problems);
    } else {
      problems.push({ kind: "bad-task-file", file, why: `it does not load: ${reasonOf(error)}` });
    }
  }
  return undefined;
}

/** Why a default export is no task; task files of a project are not type-checked by us. */
function whyNoTask(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) {
    return "its default export is no task: `export default defineTask({ … })`";
  }
  const task = value as Record<string, unknown>;
  if (typeof task["summary"] !== "string" || task["summary"] === "") {
    return "its task has no `summary`";
  }
  if (task["run"] !== undefined && typeof task["run"] !== "function") {
    return "`run` is not a function";
  }
  if (task["run"] === undefined && !Array.isArray(task["needs"])) {
    return "its task has neither `run` nor `needs`";
  }
  const aliases = task["aliases"] ?? [];
  if (
    !Array.isArray(aliases) ||
    !aliases.every((alias) => typeof alias === "string" && alias !== "" && !alias.startsWith("-"))
  ) {
    return "`aliases` is not a list of words";
  }
  return undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
