import { basename, join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { configHome, type Machine, userHome } from "./machine.ts";
import { withBlock } from "./marked-block.ts";
import { planFile, type PlannedFile } from "./user-file.ts";

export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

/** The user's login shell; undefined where it is another one, or HOME is not known. */
export function loginShell(machine: Pick<Machine, "env">): Shell | undefined {
  const name = basename(machine.env["SHELL"] ?? "");
  return userHome(machine) === undefined ? undefined : shells.find((shell) => shell === name);
}

/** The file that each interactive shell of this kind reads first, absolute. */
export function startFile(shell: Shell, machine: Pick<Machine, "env">): string {
  const home = userHome(machine) ?? "/";
  switch (shell) {
    case "bash":
      return join(home, ".bashrc");
    case "zsh": {
      const folder = machine.env["ZDOTDIR"];
      return join(folder?.startsWith("/") === true ? folder : home, ".zshrc");
    }
    case "fish":
      return join(configHome(machine), "fish", "config.fish");
  }
}

/** What it takes to have a block of these lines in the start file of the user's shell. */
export function planBlock(
  machine: Machine,
  name: string,
  lines: Readonly<Record<Shell, readonly string[]>>
): PlannedFile {
  const shell = loginShell(machine);
  if (shell === undefined) {
    return { ok: false, problem: noShell(machine, lines.bash) };
  }
  return planFile(startFile(shell, machine), (text) => withBlock(text, name, lines[shell]), lines[shell]);
}

function noShell(machine: Machine, lines: readonly string[]): Problem {
  const shell = machine.env["SHELL"];
  const why =
    userHome(machine) === undefined ? "HOME is not set" : `k knows no start file of ${shell ?? "it: SHELL is not set"}`;
  return {
    kind: "wrong-use",
    message: `the start file of your shell is not changed: ${why}`,
    hint: `in a POSIX shell it would be: ${lines.join(" ⏎ ")}`,
  };
}
