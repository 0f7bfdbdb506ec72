import { defineCheck, good, idle, weak } from "../check.ts";
import { userShell } from "../user-shell.ts";

export default defineCheck({
  name: "completions",
  area: "shell",
  summary: "TAB completes `k` in your shell",
  severity: "info",
  async probe(world) {
    const shell = userShell(world);
    if (shell === undefined) {
      return idle(`there are none for ${world.env["SHELL"] ?? "your shell: SHELL is not set"}`);
    }
    const due = await world.completions.due();
    return due === undefined
      ? good(`installed for ${shell}`)
      : weak(`not installed for ${shell}, or of another k`, {
          command: `k completions install ${shell}`,
          action: { what: due, apply: () => world.completions.install() },
        });
  },
});
