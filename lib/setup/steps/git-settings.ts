import { gitConfig, gitScope } from "../git-config.ts";
import type { Machine } from "../machine.ts";
import { type Change, defineStep, type Look, type Wishes } from "../step.ts";

/** Each with what it is good for; what you have set yourself, whatever it is, stays. */
function wanted({ platform }: Machine, { global }: Wishes): Readonly<Record<string, string>> {
  return {
    "pull.rebase": "true",
    ...(platform === "darwin" ? {} : { "core.autocrlf": "input" }),
    // Counts when a repository is made, so in one it says nothing.
    ...(global ? { "init.defaultBranch": "main" } : {}),
  };
}

export const gitSettings = defineStep({
  name: "git-settings",
  title: "git pulls by rebase and commits with Unix line ends",
  scope: "repository",
  changes: "sets pull.rebase and core.autocrlf in this repository, where you have not set them anywhere",
  undo: "git config --unset pull.rebase; git config --unset core.autocrlf",
  async look(machine, wishes): Promise<Look> {
    const scope = gitScope(machine, wishes);
    if (!scope.ok) {
      return scope.look;
    }
    const known: string[] = [];
    const changes: Change[] = [];
    for (const [key, value] of Object.entries(wanted(machine, wishes))) {
      const now = await gitConfig(key, machine);
      if (now === undefined) {
        changes.push({ kind: "command", argv: ["git", "config", scope.flag, key, value], cwd: scope.cwd });
      } else {
        known.push(`${key} is ${now}${now === value ? "" : ", and stays"}`);
      }
    }
    return changes.length === 0
      ? { status: "done", found: known.join("; ") }
      : { status: "open", found: known.length === 0 ? "neither is set" : known.join("; "), changes };
  },
});
