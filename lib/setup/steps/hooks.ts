import { defineStep, type Look } from "../step.ts";

export const hooks = defineStep({
  name: "hooks",
  title: "git calls k before each commit and push",
  scope: "repository",
  changes: "writes k's git hooks into the hooks folder of this repository; those that are there run first",
  undo: "k hooks uninstall",
  async look(machine): Promise<Look> {
    if (machine.worktree === undefined) {
      return { status: "idle", found: "this is no git repository" };
    }
    const missing = await machine.hooks.missing();
    return missing.length === 0
      ? { status: "done", found: "all of them fire" }
      : {
          status: "open",
          found: `not there: ${missing.join(", ")}`,
          changes: [{ kind: "call", lines: ["k hooks install"], run: () => machine.hooks.install() }],
        };
  },
});
