import { type Config, configOf, type Given, type Origin } from "./config.ts";
import type { Origins } from "./load.ts";
import type { KeyPath, NamedTables, Table } from "./setting.ts";
import { spec } from "./spec.ts";

/** A value that may make `k` or a tool run code of the project: its key and where it was set. */
export interface TrustNeed {
  /** As in `tasks.dir` or `tools.eslint.args`. */
  readonly key: string;
  readonly file: string;
  readonly line: number;
}

/**
 * The values that count only where the user trusts the project: those whose key says so in the spec and that a file
 * of the project gave. What the user's own environment says needs no trust.
 */
export function trustNeeds({ given }: Pick<Origins, "given">): readonly TrustNeed[] {
  return [...given].flatMap(([key, value]) => {
    const origin = needsTrust(value.path) ? value.origin() : undefined;
    return origin?.kind === "file" ? [needAt(key, origin)] : [];
  });
}

/** The line is found only for who shows it. */
function needAt(key: string, origin: Origin & { readonly kind: "file" }): TrustNeed {
  return {
    key,
    file: origin.file,
    get line() {
      return origin.line;
    },
  };
}

/** The configuration as if those values were not there: what holds before the user has trusted the project. */
export function withoutTrust({ given, ci }: Pick<Origins, "given" | "ci">): Config {
  const untrusted = ({ path, origin }: Given): boolean => needsTrust(path) && origin().kind === "file";
  return configOf(new Map([...given].filter(([, value]) => !untrusted(value))), ci);
}

function needsTrust(path: KeyPath): boolean {
  const table: Table | NamedTables = spec[path[0] as keyof typeof spec];
  if (table.type === "named" || path.length === 2) {
    return table.keys[String(path[table.type === "named" ? 2 : 1])]?.trust === true;
  }
  return (table.keys[String(path[1])] ?? table.entries?.keys[String(path[2])])?.trust === true;
}
