import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import type { Origins } from "../config/load.ts";
import { loadConfig } from "../config/load.ts";
import { type TrustNeed, trustNeeds, withoutTrust } from "../config/trust-needed.ts";
import { fileKinds } from "../core/file-kind.ts";
import { ProblemError, show } from "../core/problem.ts";
import { discoverTasks, type TaskCatalog, type TaskFolder } from "../host/discover.ts";
import { findProject, type Project } from "../host/project.ts";

/** A project with its config read. */
export interface Configured {
  readonly project: Project;
  readonly config: Config;
  readonly origins: Origins;
  readonly home: string;
  readonly cwd: string;
}

/** A project with its tasks known too. */
export interface Opened extends Configured {
  readonly catalog: TaskCatalog;
}

interface Start {
  readonly cwd: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  err(text: string): void;
}

/** Finds the project, reads its config and all tasks; rejects with a `ProblemError` that holds every problem. */
export async function openProject(start: Start): Promise<Opened> {
  return openTasks(await openConfig(start));
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

/** Reads all tasks of a project whose config is read; rejects with a `ProblemError`. */
export async function openTasks(configured: Configured): Promise<Opened> {
  const { project, config, home } = configured;
  const folders: TaskFolder[] = [{ path: join(home, "tasks"), origin: "built-in" }];
  const own = await ownTasks(project, config, home);
  if (own !== undefined) {
    folders.push(own);
  }
  const tasks = await discoverTasks(folders, project.root === home);
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

/** The folder of the project's own tasks, where its config names one; `k`'s own are there already. */
async function ownTasks(project: Project, config: Config, home: string): Promise<TaskFolder | undefined> {
  const dir = config.tasks.dir;
  if (dir === undefined || project.root === home) {
    return undefined;
  }
  const path = join(project.root, dir);
  if (!existsSync(path)) {
    throw new ProblemError({
      kind: "file",
      path: dir,
      what: "the project's tasks cannot be read",
      why: "there is no such folder",
      hint: "mend tasks.dir in konductor.toml",
    });
  }
  const { provideModule } = await import("../host/virtual-module.ts");
  provideModule();
  return { path, origin: "project" };
}
