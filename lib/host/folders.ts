import { userHome } from "./user-home.ts";

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
  const base = (name: string, otherwise: string): string => {
    const value = env[name];
    const folder = value?.startsWith("/") === true ? value : `${userHome(env)}/${otherwise}`;
    // Without node:path: the answer to a TAB would be a tenth slower.
    return `${folder.replaceAll(/\/+/g, "/").replace(/\/$/, "")}/konductor`;
  };
  return { cache: base("XDG_CACHE_HOME", ".cache"), state: base("XDG_STATE_HOME", ".local/state") };
}
