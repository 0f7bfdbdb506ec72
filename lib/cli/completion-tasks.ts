import type { KnownTask, KnownTasks } from "../completion/candidate.ts";
import { taskIdOfFile } from "../core/task-id.ts";
import { builtDeclarations } from "../host/built/declarations.ts";
import { cachedDeclarations } from "../host/cached-declarations.ts";
import type { Declared } from "../host/declaration.ts";
import { stateFolders } from "../host/folders.ts";

interface Place {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly cwd: string;
}

/**
 * The tasks of a folder. Those of `k` come from what was written down when they were last changed; a project's own are
 * loaded, which runs its code, only where it is trusted and its `konductor.toml` names them. Where they cannot be read there
 * are those of `k`: no one else says it here.
 */
export async function tasksForCompletion(place: Place): Promise<KnownTasks> {
  const root = nearestConfig(place.cwd);
  const hasOwn = root !== undefined && root !== place.home && (await namesTasks(root));
  const own = hasOwn ? await projectTasks(place).catch(() => undefined) : undefined;
  return own ?? builtIn(place, root === place.home);
}

async function projectTasks({ cwd, home, env }: Place): Promise<KnownTasks> {
  const { openProject } = await import("./open-project.ts");
  const { catalog } = await openProject({ cwd, home, env, err: () => undefined });
  return { resolve: (word) => catalog.resolve(word), all: () => catalog.all() };
}

/**
 * The nearest folder upward with a `konductor.toml` that says something. Bun's own files, and its synchronous look at them:
 * `node:fs` would cost more than all the rest, and to wait for one of Bun's threads as much as the answer.
 */
function nearestConfig(cwd: string): string | undefined {
  const parts = cwd.split("/").filter((part) => part !== "");
  const folders = [...parts.keys(), parts.length].map((count) => `/${parts.slice(0, count).join("/")}`).toReversed();
  return folders.find((folder) => Bun.file(`${folder}/konductor.toml`).size > 0);
}

/** A look that may be wrong only by saying yes: then all is opened, and the real reader decides. */
async function namesTasks(root: string): Promise<boolean> {
  return (await Bun.file(`${root}/konductor.toml`).text()).includes("tasks");
}

async function builtIn({ home, env }: Place, isHome: boolean): Promise<KnownTasks> {
  const folder = `${home}/tasks`;
  const { cache } = stateFolders(env);
  const declared =
    // A binary has made sure by now that it is of its sources.
    builtDeclarations ?? (await cachedDeclarations(cache, folder));
  if (declared !== undefined) {
    const tasks = Object.entries(declared).flatMap(([path, { data }]) => knownTask(path, data, isHome) ?? []);
    return knownTasks(tasks.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  }
  const { discoverTasks } = await import("../host/discover.ts");
  const found = await discoverTasks([{ path: folder, origin: "built-in" }], isHome, cache);
  return knownTasks(found.ok ? found.catalog.all() : []);
}

function knownTask(path: string, definition: Declared["data"], isHome: boolean): KnownTask | undefined {
  const id = isHome || definition.homeOnly !== true ? taskIdOfFile(path) : undefined;
  return id === undefined ? undefined : { id, definition };
}

/** A name is stronger than an alias. */
function knownTasks(tasks: readonly KnownTask[]): KnownTasks {
  return {
    resolve: (word) =>
      tasks.find(({ id }) => id === word) ??
      tasks.find(({ definition }) => definition.aliases?.includes(word) === true),
    all: () => tasks,
  };
}
