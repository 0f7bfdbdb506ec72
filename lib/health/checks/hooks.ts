import { ProblemError, show } from "../../core/problem.ts";
import { defineCheck, good, idle, type Mend, type Result, weak } from "../check.ts";
import { askGit } from "../git.ts";
import type { HookState, World } from "../world.ts";

export default defineCheck({
  name: "hooks",
  area: "git",
  summary: "The git hooks are installed, of this k, and git runs them",
  severity: "warning",
  async probe(world): Promise<Result> {
    if (world.project.worktree === undefined) {
      return idle("the project is in no git repository");
    }
    if (!(await askGit(world)).ok) {
      return idle("there is no working git");
    }
    let state: HookState;
    try {
      state = await world.hooks();
    } catch (error) {
      if (!(error instanceof ProblemError)) {
        throw error;
      }
      const shown = error.problems.map(show)[0];
      return weak(shown?.message ?? error.message, shown?.hint === undefined ? undefined : { text: shown.hint });
    }
    const [first] = state.problems;
    if (first === undefined) {
      const others = state.others.length === 0 ? "" : `; also set up: ${state.others.join(", ")}`;
      return good(`${state.installed.join(", ")}${others}`);
    }
    return weak(state.problems.map((problem) => show(problem).message).join("; "), mendOf(world, show(first).hint));
  },
});

function mendOf(world: World, hint: string | undefined): Mend {
  const install = "k hooks install";
  // What else is in the way is the user's to decide: another manager, a setting of the machine.
  return hint?.startsWith(install) === true
    ? {
        command: install,
        action: { what: "install the git hooks of this repository", apply: () => world.installHooks() },
      }
    : { text: hint ?? "`k hooks status` says more" };
}
