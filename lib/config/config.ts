import type { Keys, KeyPath, NamedTables, SpecValue, Table } from "./setting.ts";
import { showKey } from "./setting.ts";
import { spec } from "./spec.ts";

/** The configuration as `k` reads it: all layers merged, every key there, spelled as in `konductor.toml`. */
export type Config = SpecValue<typeof spec>;

/** Where a value came from; `k config show --origin` says it. */
export type Origin =
  | { readonly kind: "default"; readonly because?: "CI" }
  | { readonly kind: "file"; readonly file: string; readonly line: number; readonly column: number }
  | { readonly kind: "variable"; readonly name: string };

/** One value that a layer gave, already checked. A map's entries are values of their own. */
export interface Given {
  readonly path: KeyPath;
  readonly value: unknown;
  /** Positions in a file are worked out only when somebody asks. */
  origin(): Origin;
}

/** By key as `showKey` writes it; what no layer gave is not in it. */
export type GivenValues = ReadonlyMap<string, Given>;

/** Defaults with what the layers gave on top; the one place where a `Config` is made. */
export function configOf(given: GivenValues, ci: boolean): Config {
  const out: Record<string, unknown> = {};
  for (const [name, table] of Object.entries<Table | NamedTables>(spec)) {
    if (table.type === "named") {
      out[name] = namedValues(name, table, given, ci);
      continue;
    }
    const inner = table.entries === undefined ? {} : namedValues(name, table.entries, given, ci);
    out[name] = { ...inner, ...valuesOf([name], table.keys, given, ci) };
  }
  return out as unknown as Config;
}

function namedValues(name: string, table: NamedTables, given: GivenValues, ci: boolean): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const { path } of given.values()) {
    const entry = path[1];
    if (path[0] === name && path.length === 3 && typeof entry === "string") {
      out[entry] ??= valuesOf([name, entry], table.keys, given, ci);
    }
  }
  return out;
}

function valuesOf(path: KeyPath, keys: Keys, given: GivenValues, ci: boolean): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(keys)) {
    const own = [...path, key];
    if (setting.type === "map") {
      const entries = [...given.values()].filter((one) => one.path.length === own.length + 1 && isBelow(one.path, own));
      out[key] = { ...setting.default, ...Object.fromEntries(entries.map((one) => [one.path.at(-1), one.value])) };
      continue;
    }
    const fallback =
      setting.type === "boolean" && ci
        ? (setting.inCi ?? setting.default)
        : "default" in setting
          ? setting.default
          : undefined;
    out[key] = given.has(showKey(own)) ? given.get(showKey(own))?.value : fallback;
  }
  return out;
}

function isBelow(path: KeyPath, above: KeyPath): boolean {
  return above.every((part, index) => path[index] === part);
}
