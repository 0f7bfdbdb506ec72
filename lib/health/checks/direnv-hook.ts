import { defineCheck, good, idle, weak } from "../check.ts";
import { direnvSeverity } from "../direnv.ts";
import { readText, shortPath } from "../machine-files.ts";
import { addBlock } from "../mends/add-block.ts";
import { startFiles, type UserShell, userShell } from "../user-shell.ts";

const lines: Readonly<Record<UserShell, string>> = {
  bash: 'eval "$(direnv hook bash)"',
  zsh: 'eval "$(direnv hook zsh)"',
  fish: "direnv hook fish | source",
};

export default defineCheck({
  name: "direnv-hook",
  area: "shell",
  summary: "Your shell calls direnv",
  severity: direnvSeverity,
  probe(world) {
    if (world.which("direnv") === undefined) {
      return idle("direnv is not installed");
    }
    if ((world.env["DIRENV_DIR"] ?? "") !== "") {
      return good(`it is in ${world.env["DIRENV_DIR"]?.replace(/^-/, "")}`);
    }
    const shell = userShell(world);
    if (shell === undefined) {
      return idle(`SHELL is ${world.env["SHELL"] ?? "not set"}: see https://direnv.net/docs/hook.html`);
    }
    const files = startFiles(shell, world.env);
    const found = files.find((path) => /^[^#\n]*direnv\s+(hook|export)/m.test(readText(path) ?? ""));
    if (found !== undefined) {
      return good(shortPath(found, world));
    }
    const [file = ""] = files;
    const shown = shortPath(file, world);
    return weak(`${shown} does not call \`direnv hook ${shell}\``, {
      command: `echo '${lines[shell]}' >> ${shown}`,
      action: {
        what: `add \`${lines[shell]}\` to ${shown}`,
        apply: () => addBlock(file, "direnv", [lines[shell]], world.now),
      },
    });
  },
});
