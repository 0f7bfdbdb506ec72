import { lstatSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Machine, userHome } from "../machine.ts";
import { loginShell, planBlock, startFile } from "../shell-file.ts";
import { type Change, defineStep, type Look } from "../step.ts";

const lines = {
  bash: ['export PATH="$HOME/.local/bin:$PATH"'],
  zsh: ['export PATH="$HOME/.local/bin:$PATH"'],
  fish: ['fish_add_path "$HOME/.local/bin"'],
};

export const command = defineStep({
  name: "command",
  title: "`k` runs from any folder",
  scope: "user",
  changes: "links ~/.local/bin/k, and puts that folder on PATH in your shell's start file",
  undo: "rm ~/.local/bin/k, and take the block `konductor path` out of your shell's start file",
  look(machine): Look {
    const home = userHome(machine);
    if (home === undefined) {
      return {
        status: "stuck",
        problem: { kind: "wrong-use", message: "HOME is not set", hint: "set it to your folder" },
      };
    }
    const onPath = machine.which("k");
    if (onPath !== undefined && leadsTo(onPath, machine)) {
      return { status: "done", found: `${onPath}${hiddenBy(machine)}` };
    }
    const link = join(home, ".local/bin/k");
    const isThere = lstatSync(link, { throwIfNoEntry: false }) !== undefined;
    if (isThere && !leadsTo(link, machine)) {
      return taken(link, machine);
    }
    if (onPath !== undefined && onPath !== link && dirname(onPath) !== dirname(link)) {
      return taken(onPath, machine);
    }
    const changes: Change[] = isThere ? [] : [{ kind: "link", path: link, target: machine.launcher }];
    if (!folders(machine).includes(dirname(link))) {
      const file = planBlock(machine, "path", lines);
      if (!file.ok) {
        return { status: "stuck", problem: file.problem };
      }
      changes.push(...(file.change === undefined ? [] : [file.change]));
    }
    return changes.length === 0
      ? { status: "done", found: `${link}; a new shell finds it${hiddenBy(machine)}` }
      : {
          status: "open",
          found: `no \`k\` of ${machine.home} on PATH`,
          changes,
          afterwards: "open a new shell, then type `k`",
        };
  },
});

function folders({ env }: Machine): readonly string[] {
  return (env["PATH"] ?? "").split(":");
}

function leadsTo(path: string, { launcher, home }: Machine): boolean {
  try {
    const real = realpathSync(path);
    return real === realpathSync(launcher) || real === join(home, "k") || real === join(home, "bin/k");
  } catch {
    return false;
  }
}

function taken(path: string, machine: Machine): Look {
  const problem = {
    kind: "file",
    path,
    what: "`k` is not linked",
    why: "another `k` is there",
    hint: `move it away, or link this one under another name: ln -s '${machine.launcher}' ~/.local/bin/NAME`,
  } as const;
  return { status: "stuck", problem };
}

/** `alias k=kubectl` is common, and an alias wins over PATH. */
function hiddenBy(machine: Machine): string {
  const shell = loginShell(machine);
  if (shell === undefined) {
    return "";
  }
  const path = startFile(shell, machine);
  try {
    const at = readFileSync(path, "utf8")
      .split("\n")
      .findIndex((line) => /^\s*alias\s+(?:--?\w+\s+)*k[= ]/.test(line));
    return at < 0 ? "" : `; but an alias hides it: take it out of ${path}:${at + 1}`;
  } catch {
    return "";
  }
}
