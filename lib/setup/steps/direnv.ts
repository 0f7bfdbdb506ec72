import { readFileSync } from "node:fs";
import type { Machine } from "../machine.ts";
import { loginShell, planBlock, startFile } from "../shell-file.ts";
import { defineStep, type Look } from "../step.ts";

const lines = {
  bash: ['eval "$(direnv hook bash)"'],
  zsh: ['eval "$(direnv hook zsh)"'],
  fish: ["direnv hook fish | source"],
};

export const direnv = defineStep({
  name: "direnv",
  title: "your shell calls direnv",
  scope: "user",
  changes: "adds direnv's hook to your shell's start file",
  undo: "take the block `konductor direnv` out of your shell's start file",
  look(machine): Look {
    if (machine.which("direnv") === undefined) {
      return { status: "idle", found: "direnv is not installed", hint: "https://direnv.net/docs/installation.html" };
    }
    if (hasHook(machine)) {
      return { status: "done", found: "its hook is there" };
    }
    const file = planBlock(machine, "direnv", lines);
    if (!file.ok) {
      return { status: "stuck", problem: file.problem };
    }
    const changes = file.change === undefined ? [] : [file.change];
    return { status: "open", found: "your shell does not call it", changes, afterwards: "open a new shell" };
  },
});

/** However the user wrote it: by hand, through a plugin, or as the block of k. */
function hasHook(machine: Machine): boolean {
  const shell = loginShell(machine);
  try {
    const text = shell === undefined ? "" : readFileSync(startFile(shell, machine), "utf8");
    return /^[^#]*direnv\s+(hook|export)|^plugins=.*\bdirenv\b/m.test(text);
  } catch {
    return false;
  }
}
