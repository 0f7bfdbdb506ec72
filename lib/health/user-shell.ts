import { basename, join } from "node:path";
import { userHome } from "../host/user-home.ts";
import type { World } from "./world.ts";

export const shells = ["bash", "zsh", "fish"] as const;

export type UserShell = (typeof shells)[number];

/** The user's login shell; undefined where it is another one. */
export function userShell({ env }: Pick<World, "env">): UserShell | undefined {
  const name = basename(env["SHELL"] ?? "");
  return shells.find((shell) => shell === name);
}

/** The files that an interactive shell reads first, absolute, the usual place for additions before the others. */
export function startFiles(shell: UserShell, env: World["env"]): readonly string[] {
  const home = userHome(env);
  const config = env["XDG_CONFIG_HOME"]?.startsWith("/") === true ? env["XDG_CONFIG_HOME"] : join(home, ".config");
  switch (shell) {
    case "bash":
      return [join(home, ".bashrc"), join(home, ".bash_profile"), join(home, ".profile")];
    case "zsh":
      return [".zshrc", ".zprofile", ".zshenv"].map((name) => join(env["ZDOTDIR"] ?? home, name));
    case "fish":
      return [join(config, "fish", "config.fish")];
  }
}
