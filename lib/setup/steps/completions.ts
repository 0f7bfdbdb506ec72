import { loginShell } from "../shell-file.ts";
import { defineStep, type Look } from "../step.ts";

export const completions = defineStep({
  name: "completions",
  title: "TAB completes k in your shell",
  scope: "user",
  changes: "adds k's completion to the folder or start file that your shell reads",
  undo: "k completions uninstall",
  async look(machine): Promise<Look> {
    if (loginShell(machine) === undefined) {
      return { status: "idle", found: `there is none for ${machine.env["SHELL"] ?? "your shell: SHELL is not set"}` };
    }
    const lines = await machine.completions.look();
    return lines.length === 0
      ? { status: "done", found: "installed" }
      : {
          status: "open",
          found: "not installed",
          changes: [{ kind: "call", lines, run: () => machine.completions.install() }],
        };
  },
});
