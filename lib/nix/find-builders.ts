import { parseBuilders, type FoundBuilder } from "./builders.ts";
import { buildersFileOf, usualBuildersFile } from "./builders-file.ts";

/** All that may build for this machine. */
export interface Builders {
  /** The project's before those of Nix. */
  readonly builders: readonly FoundBuilder[];
  /** The file that Nix reads, or would if its settings named one. */
  readonly file: string;
  readonly isRead: boolean;
}

/** `own` are lines of konductor.toml, `setting` is Nix's `builders`. Throws a `ProblemError` for a line that is none. */
export function findBuilders(own: readonly string[], setting: string): Builders {
  const file = buildersFileOf(setting);
  return {
    builders: [...own.flatMap((line) => parseBuilders(line, "konductor.toml")), ...parseBuilders(setting, "nix.conf")],
    file: file ?? usualBuildersFile,
    isRead: file !== undefined,
  };
}
