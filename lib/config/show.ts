import type { Config, Origin } from "./config.ts";
import type { Origins } from "./load.ts";
import { type KeyPath, type NamedTables, type Setting, showKey, type Table, tablesOf } from "./setting.ts";
import { formatSize } from "./size.ts";
import { spec } from "./spec.ts";
import { tomlKey, tomlValue } from "./toml-text.ts";

/** One key of the configuration in force. */
export interface ShownSetting {
  readonly path: KeyPath;
  readonly setting: Setting;
  /** `undefined` where nothing is set and there is no default. */
  readonly value: unknown;
}

/** The tables with all their keys, in the order of the spec; a map's entries are keys of their own table. */
export function shownTables(
  config: Config
): readonly { readonly path: KeyPath; readonly settings: readonly ShownSetting[] }[] {
  return tablesOf(spec).flatMap(([name, table]) => {
    const value = config[name as keyof Config] as Readonly<Record<string, unknown>>;
    const names = table.type === "table" ? [] : entriesIn(spec[name as keyof typeof spec], value);
    const paths = table.type === "table" ? [[name]] : names.map((entry) => [name, entry]);
    return paths.flatMap((path) => {
      const own = (table.type === "table" ? value : value[path[1] ?? ""]) as Readonly<Record<string, unknown>>;
      const all = Object.entries(table.keys).map(
        ([key, setting]): ShownSetting => ({ path: [...path, key], setting, value: own[key] })
      );
      const maps = all.filter(({ setting }) => setting.type === "map");
      return [
        { path, settings: all.filter(({ setting }) => setting.type !== "map") },
        ...maps.map((map) => ({ path: map.path, settings: entriesOf(map) })),
      ];
    });
  });
}

/** The named tables beside the keys of the table that they are in. */
function entriesIn(outer: Table | NamedTables, value: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(value).filter((name) => outer.type === "named" || !Object.hasOwn(outer.keys, name));
}

function entriesOf({ path, setting, value }: ShownSetting): readonly ShownSetting[] {
  return Object.entries(value as Readonly<Record<string, unknown>>).map(([key, entry]) => ({
    path: [...path, key],
    setting,
    value: entry,
  }));
}

/**
 * The configuration in force as TOML that `k` reads back to the same configuration; with `origin`, each line ends in a
 * comment that says where its value comes from. What is not set stands as a comment.
 */
export function showConfig(
  config: Config,
  origins: Pick<Origins, "of">,
  { origin }: { readonly origin: boolean }
): string {
  const tables = shownTables(config).map(({ path, settings }) => {
    const lines = settings.map((setting) =>
      showSetting(setting, origin ? showOrigin(origins.of(showKey(setting.path))) : undefined)
    );
    return [`[${showKey(path)}]`, ...lines, ""].join("\n");
  });
  return tables.join("\n");
}

function showSetting({ path, setting, value }: ShownSetting, origin: string | undefined): string {
  const key = tomlKey(String(path.at(-1)));
  if (value === undefined) {
    return `# ${key} is not set: ${setting.otherwise ?? "nothing"}`;
  }
  const text = setting.type === "size" ? tomlValue(formatSize(Number(value))) : tomlValue(value);
  return `${key} = ${text}${origin === undefined ? "" : ` # ${origin}`}`;
}

/** Where a value comes from, in words. */
export function showOrigin(origin: Origin): string {
  switch (origin.kind) {
    case "default":
      return origin.because === undefined ? "default" : `default in ${origin.because}`;
    case "file":
      return `${origin.file}:${origin.line}:${origin.column}`;
    case "variable":
      return origin.name;
  }
}

/** All settings as a JSON document with a version: key, value (`null` where it is not set) and origin each. */
export function configJson(config: Config, origins: Pick<Origins, "of">): string {
  const settings = shownTables(config).flatMap(({ settings: all }) =>
    all.map(({ path, value }) => ({ key: showKey(path), value: value ?? null, origin: origins.of(showKey(path)) }))
  );
  return `${JSON.stringify({ version: 1, settings }, undefined, 2)}\n`;
}
