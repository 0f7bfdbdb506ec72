import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import type { Task } from "../core/task.ts";
import { taskIdOfFile, type TaskId } from "../core/task-id.ts";
import { type Behind, definitionFrom } from "./declaration.ts";
import { declarationsOf, type KnownDeclarations } from "./known-declarations.ts";
import { loadTask, loadTaskBehind, loadTaskNow } from "./load-task.ts";
import { taskFiles } from "./task-files.ts";

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
 * Finds every task below the folders, loading the files of which it does not know what they declare. A later folder's task
 * takes the place of an earlier one's of the same name, and its aliases win; two in the same folder that claim one name are
 * an error that names both. Tasks that work on `k` itself are left out unless the project is `k`'s home. What files declare
 * is kept in `cacheFolder`, absolute, where one is given.
 */
export async function discoverTasks(
  folders: readonly TaskFolder[],
  isHome: boolean,
  cacheFolder?: string
): Promise<
  { readonly ok: true; readonly catalog: TaskCatalog } | { readonly ok: false; readonly problems: readonly Problem[] }
> {
  const problems: Problem[] = [];
  const byId = new Map<TaskId, Task>();
  const byWord = new Map<string, Task>();
  const overridden = new Map<TaskId, Task>();
  for (const folder of folders) {
    const tasks = (await loadFolder(folder, cacheFolder, problems)).filter(
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
  const sorted = [...byId.keys()].toSorted();
  return {
    get: (id) => byId.get(id),
    ids: () => sorted,
    resolve: (word) => byWord.get(word),
    words: () => [...byWord.keys()],
    all: () => sorted.flatMap((id) => byId.get(id) ?? []),
    overridden: (id) => overridden.get(id),
  };
}

async function loadFolder(
  folder: TaskFolder,
  cacheFolder: string | undefined,
  problems: Problem[]
): Promise<readonly Task[]> {
  const { path, origin } = folder;
  const seen = new Map<TaskId, string>();
  const known = declarationsOf(folder, cacheFolder);
  const loaded = (known.files ?? taskFiles(path, problems)).map(
    (relative): Task | Promise<Task | undefined> | undefined => {
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
      const declared = known.get(relative);
      return declared === undefined
        ? loadAndKeep({ id, file, origin, relative }, known, problems)
        : { id, definition: definitionFrom(declared, behind(file)), file, origin };
    }
  );
  const tasks = (await Promise.all(loaded)).filter((task) => task !== undefined);
  known.save();
  return tasks;
}

function behind(file: string): Behind {
  return { load: () => loadTaskBehind(file), loadNow: () => loadTaskNow(file) };
}

async function loadAndKeep(
  { id, file, origin, relative }: Omit<Task, "definition"> & { readonly relative: string },
  known: KnownDeclarations,
  problems: Problem[]
): Promise<Task | undefined> {
  const keep = known.prepare(relative);
  const definition = await loadTask(file, problems);
  if (definition === undefined) {
    return undefined;
  }
  keep(definition);
  return { id, definition, file, origin };
}
