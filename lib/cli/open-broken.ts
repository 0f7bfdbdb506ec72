import { configOf } from "../config/config.ts";
import { inCi } from "../config/in-ci.ts";
import { ProblemError } from "../core/problem.ts";
import { findProject } from "../host/project.ts";
import { openTasks, type Opened, type Start } from "./open-project.ts";

/**
 * A project whose settings or tasks cannot be read, for a task that says just that: `k`'s own tasks, on the defaults.
 * Throws the error itself where it is no problem of the project's, or there is no folder to speak of.
 */
export async function openBroken(error: unknown, { cwd, home, env }: Omit<Start, "err">): Promise<Opened> {
  const found = findProject(cwd, env["HOME"]);
  if (!(error instanceof ProblemError) || !found.ok) {
    throw error;
  }
  const ci = inCi(env);
  const opened = await openTasks({
    project: found.project,
    config: configOf(new Map(), ci),
    origins: { of: () => ({ kind: "default" }), given: new Map(), ci },
    home,
    cwd,
  });
  return { ...opened, faults: error.problems };
}
