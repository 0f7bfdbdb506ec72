import { join } from "node:path";
import { userHome } from "../host/user-home.ts";

/** The user's own nix.conf (nix.conf(5)): the first that `NIX_USER_CONF_FILES` names, else that of the config folder. */
export function nixConfPath(env: Readonly<Record<string, string | undefined>>): string {
  const named = env["NIX_USER_CONF_FILES"]?.split(":").find((path) => path.startsWith("/"));
  return named ?? join(nixConfigFolder(env), "nix.conf");
}

/** Where Nix keeps what is this user's to set. */
export function nixConfigFolder(env: Readonly<Record<string, string | undefined>>): string {
  const config = env["XDG_CONFIG_HOME"];
  const base = config?.startsWith("/") === true ? config : join(userHome(env), ".config");
  return join(base, "nix");
}

/** For all users of the machine. */
export const systemNixConf = "/etc/nix/nix.conf";
