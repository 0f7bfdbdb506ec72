import type { HookName } from "../core/hook.ts";

/** Lists of names that the caller hands in: tools of the tools table, kinds of files. */
export type NameKind = "tool" | "kind";

interface SettingBase {
  readonly summary: string;
  /** Which commands read it, as a user types them. */
  readonly used: string;
  /** What holds where nothing is said and there is no default to name. */
  readonly otherwise?: string;
  /** Can make a tool or `k` run code of the project, so it counts only in a project that the user trusts. */
  readonly trust?: true;
}

export interface BooleanSetting extends SettingBase {
  readonly type: "boolean";
  readonly default?: boolean;
  /** The default in CI, where it is another one. */
  readonly inCi?: boolean;
}

export interface IntegerSetting extends SettingBase {
  readonly type: "integer";
  readonly min: number;
  readonly max: number;
  readonly default?: number;
}

/** A time, as a number of seconds. */
export interface SecondsSetting extends SettingBase {
  readonly type: "seconds";
  readonly min: number;
  readonly max: number;
  readonly default?: number;
}

/** Bytes, or text such as `1MB`. */
export interface SizeSetting extends SettingBase {
  readonly type: "size";
  readonly default?: number;
}

export interface ChoiceSetting extends SettingBase {
  readonly type: "choice";
  readonly choices: readonly string[];
  readonly default?: string;
}

/** One line. */
export interface TextSetting extends SettingBase {
  readonly type: "text";
  readonly pattern?: TextPattern;
  readonly default?: string;
}

/** The path of something inside the project, from its root. */
export interface PathSetting extends SettingBase {
  readonly type: "path";
  readonly to: "file" | "folder";
}

/** The name of one tool, or of one kind of files. */
export interface NameSetting extends SettingBase {
  readonly type: "name";
  readonly of: NameKind;
}

export interface ListSetting extends SettingBase {
  readonly type: "list";
  readonly items: ListItem;
  readonly default?: readonly string[];
}

/** Names to names, such as kinds of files to formatters. */
export interface MapSetting extends SettingBase {
  readonly type: "map";
  readonly keys: NameKind;
  readonly values: NameKind;
  /** Values that are allowed and name nothing. */
  readonly or: readonly string[];
  readonly default: Readonly<Record<string, string>>;
}

export interface TextPattern {
  /** A regular expression that the whole text must fit, good for JavaScript and for JSON schema. */
  readonly source: string;
  /** What it asks for, in words behind "must be". */
  readonly words: string;
}

export type ListItem =
  | { readonly type: "text"; readonly pattern?: TextPattern; readonly empty?: boolean }
  | { readonly type: "glob" }
  | { readonly type: "choice"; readonly choices: readonly string[] }
  | { readonly type: "name"; readonly of: NameKind };

export type Setting =
  | BooleanSetting
  | IntegerSetting
  | SecondsSetting
  | SizeSetting
  | ChoiceSetting
  | TextSetting
  | PathSetting
  | NameSetting
  | ListSetting
  | MapSetting;

export type Keys = Readonly<Record<string, Setting>>;

export interface Table {
  readonly type: "table";
  readonly summary: string;
  readonly keys: Keys;
  /** Tables in it, by names that none of its keys has. */
  readonly entries?: NamedTables;
}

/** What a job of a git hook may be called. */
export const jobName: TextPattern = {
  source: "^[a-z0-9][a-z0-9-]*$",
  words: "lower-case letters, digits and dashes",
};

/** A table of tables: `[tools.ruff]`, one for each name. */
export interface NamedTables {
  readonly type: "named";
  readonly summary: string;
  /** Names of jobs are not known before hook files are read: any that could be one will do. */
  readonly names: NameKind | "job" | "hook";
  readonly keys: Keys;
}

export type Spec = Readonly<Record<string, Table | NamedTables>>;

/** All tables of a spec with the name that they stand under, those in another one behind it. */
export function tablesOf(spec: Spec): readonly (readonly [name: string, table: Table | NamedTables])[] {
  return Object.entries(spec).flatMap(([name, table]): readonly (readonly [string, Table | NamedTables])[] =>
    table.type === "table" && table.entries !== undefined
      ? [
          [name, table],
          [name, table.entries],
        ]
      : [[name, table]]
  );
}

type ItemValue<I> = I extends { readonly type: "choice"; readonly choices: readonly (infer C)[] } ? C : string;

type ValueOf<S> = S extends { readonly type: "boolean" }
  ? boolean
  : S extends { readonly type: "integer" | "seconds" | "size" }
    ? number
    : S extends { readonly type: "choice"; readonly choices: readonly (infer C)[] }
      ? C
      : S extends { readonly type: "list"; readonly items: infer I }
        ? readonly ItemValue<I>[]
        : S extends { readonly type: "map" }
          ? Readonly<Record<string, string>>
          : string;

type KeysValue<K> = {
  readonly [N in keyof K]: K[N] extends { readonly default: unknown } ? ValueOf<K[N]> : ValueOf<K[N]> | undefined;
};

/** What a reader of the configuration gets: all keys, spelled as in the file; those without a default may be `undefined`. */
export type SpecValue<S extends Spec> = {
  readonly [T in keyof S]: S[T]["type"] extends "named"
    ? Readonly<Record<string, KeysValue<S[T]["keys"]>>>
    : KeysValue<S[T]["keys"]> & EntriesValue<S[T]>;
};

/** Those of git's hooks that have a table of their own. */
type EntriesValue<T> = T extends { readonly entries: { readonly names: "hook"; readonly keys: infer K } }
  ? { readonly [H in HookName]?: KeysValue<K> }
  : unknown;

/** Where a value stands in a document: names of keys, and indexes into lists. */
export type KeyPath = readonly (string | number)[];

/** A path as it is written in TOML, such as `tools.ruff.args`; list indexes are left out. */
export function showKey(path: KeyPath): string {
  return path
    .filter((part) => typeof part === "string")
    .map((part) => (/^[A-Za-z0-9_-]+$/.test(part) ? part : JSON.stringify(part)))
    .join(".");
}
