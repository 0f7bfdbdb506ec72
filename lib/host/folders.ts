import { join } from "node:path";

export interface StateFolders {
  /** What can be made again. */
  readonly cache: string;
  /** What the user would miss: trust, logs, machines. */
  readonly state: string;
}

/**
 * `k`'s folders by the XDG base directory specification. A variable that is no absolute path counts as not set,
 * as the specification says.
 */
export function stateFolders(env: Readonly<Record<string, string | undefined>>): StateFolders {
  const homeFolder = env["HOME"] ?? "/";
  const base = (name: string, otherwise: string): string => {
    const value = env[name];
    return join(value?.startsWith("/") === true ? value : join(homeFolder, otherwise), "konductor");
  };
  return { cache: base("XDG_CACHE_HOME", ".cache"), state: base("XDG_STATE_HOME", ".local/state") };
}
