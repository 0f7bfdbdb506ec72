import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ProblemError, show } from "../core/problem.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";

/** Finishes or takes back what a killed git hook left in this worktree, and says so; one look at a folder where nothing is left. */
export async function recoverLeft({ project }: Pick<Opened, "project">, io: Pick<Io, "env" | "err">): Promise<void> {
  const folder = project.git === undefined ? undefined : join(project.git.gitDir, "k");
  if (folder === undefined || !hasRuns(folder)) {
    return;
  }
  const { recover } = await import("../hooks/recover.ts");
  try {
    const said = await recover({ root: project.root, env: io.env });
    if (said !== undefined) {
      io.err(`git hooks: ${said}\n`);
    }
  } catch (error) {
    if (!(error instanceof ProblemError)) {
      throw error;
    }
    // Another task has nothing to do with it: the next hook tries again.
    for (const problem of error.problems) {
      io.err(`warning: ${show(problem).message}\n`);
    }
  }
}

function hasRuns(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => name.startsWith("run-"));
  } catch {
    return false;
  }
}
