import { join } from "node:path";
import type { Config } from "../config/config.ts";
import type { Origins } from "../config/load.ts";
import { loadConfig } from "../config/load.ts";
import { type TrustNeed, trustNeeds, withoutTrust } from "../config/trust-needed.ts";
import { fileKinds } from "../core/file-kind.ts";
import { type Problem, ProblemError, show } from "../core/problem.ts";
import type { TaskCatalog, TaskFolder } from "../host/discover.ts";
import { stateFolders } from "../host/folders.ts";
import { findProject, type Project } from "../host/project.ts";
import { ownFolder } from "./own-folder.ts";

/** A project with its config read. */
export interface Configured {
  readonly project: Project;
  readonly config: Config;
  readonly origins: Origins;
  readonly home: string;
  readonly cwd: string;
  /** What its settings or tasks are wrong about, for a task that runs in spite of it. */
  readonly faults?: readonly Problem[];
}

/** A project with its tasks known too. */
export interface Opened extends Configured {
  readonly catalog: TaskCatalog;
}

export interface Start {
  readonly cwd: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  err(text: string): void;
}

/** Finds the project, reads its config and all tasks; rejects with a `ProblemError` that holds every problem. */
export async function openProject(start: Start): Promise<Opened> {
  return openTasks(await openConfig(start), start.env);
}

/** As `openProject`, without a look at tasks: git hooks need none. */
export async function openConfig({ cwd, home, env, err }: Start): Promise<Configured> {
  const found = findProject(cwd, env["HOME"]);
  if (!found.ok) {
    throw new ProblemError(...found.problems);
  }
  const { project } = found;
  const loaded = loadConfig({
    root: project.root,
    env,
    get toolNames() {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a config that names no tool needs no table of them
      return (require("../tools/index.ts") as typeof import("../tools/index.ts")).toolNames;
    },
    kindNames: fileKinds,
  });
  if (!loaded.ok) {
    throw new ProblemError(...loaded.problems);
  }
  const { origins } = loaded;
  const needs = project.root === home ? [] : trustNeeds(origins);
  const isTrusted = needs.length === 0 || (await isProjectTrusted(project, needs, env, err));
  return { project, config: isTrusted ? loaded.config : withoutTrust(origins), origins, home, cwd };
}

/**
 * Reads all tasks of a project whose config is read; rejects with a `ProblemError`. What their files declare is kept in the cache
 * folder that `env` names.
 */
export async function openTasks(configured: Configured, env?: Start["env"]): Promise<Opened> {
  const { project, home } = configured;
  const folders: TaskFolder[] = [{ path: join(home, "tasks"), origin: "built-in" }];
  const own = await ownFolder("tasks", configured);
  if (own !== undefined) {
    folders.push({ path: own, origin: "project" });
  }
  // A hook of git reads a project's config and none of its tasks.
  const { discoverTasks } = await import("../host/discover.ts");
  const tasks = await discoverTasks(
    folders,
    project.root === home,
    env === undefined ? undefined : stateFolders(env).cache
  );
  if (!tasks.ok) {
    throw new ProblemError(...tasks.problems);
  }
  return { ...configured, catalog: tasks.catalog };
}

/** Says what of the project does not count as long as it is not trusted, and since when. */
async function isProjectTrusted(
  project: Project,
  needs: readonly TrustNeed[],
  env: Start["env"],
  err: Start["err"]
): Promise<boolean> {
  const { trustOf } = await import("../host/trust.ts");
  const answer = trustOf(project, env);
  if (answer.trusted) {
    return true;
  }
  if (answer.problem !== undefined) {
    err(`warning: ${show(answer.problem).message}\n`);
  }
  const why = {
    never: "you have not said that you trust it",
    "remotes-changed": "its git remotes changed since you did",
    "remotes-unreadable": "its git remotes cannot be read",
  }[answer.why];
  const keys = needs.map(({ key, file, line }) => `${key} (${file}:${line})`).join(", ");
  err(`warning: this project's own code does not run: ${why}\nhint: read ${keys}, then run \`k trust\`\n`);
  return false;
}
