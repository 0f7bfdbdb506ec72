import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { ProblemError } from "../core/problem.ts";
import type { Project } from "../host/project.ts";

interface Configured {
  readonly project: Project;
  readonly config: Config;
  readonly home: string;
}

/**
 * The folder of the project's own tasks or hooks, absolute, where its config names one and the user trusts it; `k`'s own
 * are there already. Its files may import from "konductor". Rejects with a `ProblemError` where there is no such folder.
 */
export async function ownFolder(
  kind: "tasks" | "hooks",
  { project, config, home }: Configured
): Promise<string | undefined> {
  const { dir } = config[kind];
  if (dir === undefined || project.root === home) {
    return undefined;
  }
  const path = join(project.root, dir);
  if (!existsSync(path)) {
    throw new ProblemError({
      kind: "file",
      path: dir,
      what: `the project's ${kind} cannot be read`,
      why: "there is no such folder",
      hint: `mend ${kind}.dir in konductor.toml`,
    });
  }
  const { provideModule } = await import("../host/virtual-module.ts");
  provideModule();
  return path;
}
