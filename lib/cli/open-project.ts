import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import type { Origins } from "../config/load.ts";
import { loadConfig } from "../config/load.ts";
import { fileKinds } from "../core/file-kind.ts";
import { ProblemError } from "../core/problem.ts";
import { discoverTasks, type TaskCatalog, type TaskFolder } from "../host/discover.ts";
import { findProject, type Project } from "../host/project.ts";
import { toolNames } from "../tools/index.ts";

/** A project with its config read and its tasks known. */
export interface Opened {
  readonly project: Project;
  readonly config: Config;
  readonly origins: Origins;
  readonly catalog: TaskCatalog;
  readonly home: string;
  readonly cwd: string;
}

interface Start {
  readonly cwd: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  err(text: string): void;
}

/** Finds the project, reads its config and all tasks; rejects with a `ProblemError` that holds every problem. */
export async function openProject({ cwd, home, env, err }: Start): Promise<Opened> {
  const found = findProject(cwd, home);
  if (!found.ok) throw new ProblemError(...found.problems);
  const { project } = found;
  const loaded = loadConfig({ root: project.root, env, toolNames, kindNames: fileKinds });
  if (!loaded.ok) throw new ProblemError(...loaded.problems);
  const folders: TaskFolder[] = [{ path: join(home, "tasks"), origin: "built-in" }];
  const own = await ownTasks(project, loaded.config, { home, env, err });
  if (own !== undefined) folders.push(own);
  const tasks = await discoverTasks(folders, project.root === home);
  if (!tasks.ok) throw new ProblemError(...tasks.problems);
  return { project, config: loaded.config, origins: loaded.origins, catalog: tasks.catalog, home, cwd };
}

/** The project's own tasks: only where its config names them and the user trusts it. */
async function ownTasks(project: Project, config: Config, { home, env, err }: Omit<Start, "cwd">): Promise<TaskFolder | undefined> {
  const dir = config.tasks.dir;
  if (dir === undefined || project.root === home) return undefined;
  const path = join(project.root, dir);
  if (!existsSync(path)) {
    throw new ProblemError({ kind: "file", path: dir, what: "the project's tasks cannot be read", why: "there is no such folder", hint: "mend tasks.dir in konductor.toml" });
  }
  const { isTrusted } = await import("../host/trust.ts");
  const trusted = await isTrusted(project, env);
  if (trusted) {
    const { provideModule } = await import("../host/virtual-module.ts");
    provideModule();
    return { path, origin: "project" };
  }
  err(`warning: the tasks of ${project.root} are not loaded: the project is not trusted\nhint: read ${dir}, then run \`k trust\`\n`);
  return undefined;
}
