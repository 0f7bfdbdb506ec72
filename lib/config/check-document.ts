import { compareText } from "../core/finding.ts";
import { nearest } from "../core/suggest.ts";
import { checkValue, entryNames, type Fault, type World, whyNoName } from "./check-value.ts";
import { found, isTable, mustBe } from "./expected.ts";
import {
  jobName,
  type KeyPath,
  type Keys,
  type MapSetting,
  type NamedTables,
  showKey,
  type Table,
  tablesOf,
} from "./setting.ts";
import { spec } from "./spec.ts";

/** What one document gives: values that are right, and all that is wrong with the others. */
export interface CheckedDocument {
  readonly values: readonly { readonly path: KeyPath; readonly value: unknown }[];
  readonly faults: readonly Fault[];
}

interface Sink {
  readonly values: { path: KeyPath; value: unknown }[];
  readonly faults: Fault[];
}

/** Checks a parsed TOML document against the spec. */
export function checkDocument(document: Readonly<Record<string, unknown>>, world: World): CheckedDocument {
  const sink: Sink = { values: [], faults: [] };
  for (const [name, value] of Object.entries(document)) {
    const table: Table | NamedTables | undefined = Object.hasOwn(spec, name)
      ? spec[name as keyof typeof spec]
      : undefined;
    if (table === undefined) {
      sink.faults.push(unknownKey([name], value));
    } else if (!isTable(value)) {
      sink.faults.push(noTable([name], value));
    } else if (table.type === "table") {
      checkTable(table, value, name, world, sink);
    } else {
      checkNamed(table, value, name, world, sink);
    }
  }
  return sink;
}

/** Its own keys, and the tables in it: what is called as one of those is none of its keys. */
function checkTable(
  { keys, entries }: Table,
  value: Readonly<Record<string, unknown>>,
  name: string,
  world: World,
  sink: Sink
): void {
  const known = entries === undefined ? [] : entryNames(entries.names, world.names);
  const [inner, own] = [true, false].map((wanted) =>
    Object.fromEntries(Object.entries(value).filter(([key]) => known.includes(key) === wanted))
  );
  checkKeys(keys, own ?? {}, [name], world, sink, known);
  if (entries !== undefined) {
    checkNamed(entries, inner ?? {}, name, world, sink);
  }
}

function checkNamed(
  table: NamedTables,
  value: Readonly<Record<string, unknown>>,
  name: string,
  world: World,
  sink: Sink
): void {
  for (const [entry, keys] of Object.entries(value)) {
    const path = [name, entry];
    const why = whyNoEntry(table.names, entry, `[${showKey(path)}]`, world);
    if (why !== undefined) {
      sink.faults.push({ path, at: "key", ...why });
    }
    if (!isTable(keys)) {
      sink.faults.push(noTable(path, keys));
    } else {
      checkKeys(table.keys, keys, path, world, sink);
    }
  }
}

function whyNoEntry(
  names: NamedTables["names"],
  entry: string,
  where: string,
  world: World
): { message: string; hint?: string } | undefined {
  if (names === "hook") {
    return undefined;
  }
  if (names !== "job") {
    return whyNoName(names, entry, where, world);
  }
  return new RegExp(jobName.source).test(entry)
    ? undefined
    : { message: `${where}: a job is called by ${jobName.words}` };
}

function checkKeys(
  keys: Keys,
  value: Readonly<Record<string, unknown>>,
  above: KeyPath,
  world: World,
  sink: Sink,
  others: readonly string[] = []
): void {
  for (const [key, given] of Object.entries(value)) {
    const path = [...above, key];
    const setting = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (setting === undefined) {
      sink.faults.push(unknownKey(path, given, [...Object.keys(keys), ...others]));
    } else if (setting.type === "map") {
      checkMap(setting, given, path, world, sink);
    } else {
      const checked = checkValue(setting, given, path, world, sink.faults);
      if (checked !== undefined) {
        sink.values.push({ path, value: checked });
      }
    }
  }
}

function checkMap(setting: MapSetting, value: unknown, path: KeyPath, world: World, sink: Sink): void {
  if (!isTable(value)) {
    sink.faults.push({
      path,
      at: "value",
      message: `\`${showKey(path)}\` must be ${mustBe(setting)}, found ${found(value)}`,
    });
    return;
  }
  for (const [key, name] of Object.entries(value)) {
    const own = [...path, key];
    const badKey = whyNoName(setting.keys, key, `\`${showKey(path)}\``, world);
    if (badKey !== undefined) {
      sink.faults.push({ path: own, at: "key", ...badKey });
    }
    const wanted = `${setting.values === "tool" ? "the name of a tool" : "a kind of file"}${setting.or.map((word) => `, or ${JSON.stringify(word)}`).join("")}`;
    const badValue =
      typeof name === "string"
        ? whyNoName(setting.values, name, `\`${showKey(own)}\``, world, setting.or)
        : { message: `\`${showKey(own)}\` must be ${wanted}, found ${found(name)}` };
    if (badValue !== undefined) {
      sink.faults.push({ path: own, at: "value", ...badValue });
    }
    if (badKey === undefined && badValue === undefined) {
      sink.values.push({ path: own, value: name });
    }
  }
}

function noTable(path: KeyPath, value: unknown): Fault {
  const hint = Array.isArray(value) ? { hint: `write [${showKey(path)}], in single brackets` } : {};
  return { path, at: "value", message: `\`${showKey(path)}\` must be a table, found ${found(value)}`, ...hint };
}

/** The nearest key of the same table, else the tables in which a key of this name is at home. */
function unknownKey(path: KeyPath, value: unknown, siblings?: readonly string[]): Fault {
  const name = String(path.at(-1));
  const near = nearest(name, siblings ?? Object.keys(spec));
  const homes = tablesOf(spec)
    .filter(([, table]) => Object.hasOwn(table.keys, name))
    .map(([table, { type }]) => (type === "named" ? `[${table}.NAME]` : `[${table}]`))
    .toSorted(compareText);
  const what =
    siblings === undefined
      ? isTable(value)
        ? `unknown table [${showKey(path)}]`
        : `unknown key \`${name}\``
      : `unknown key \`${name}\` in [${showKey(path.slice(0, -1))}]`;
  const hint =
    near !== undefined
      ? `did you mean ${near}?`
      : homes.length > 0
        ? `\`${name}\` stands in ${homes.join(", ")}`
        : undefined;
  return { path, at: "key", message: what, ...(hint === undefined ? {} : { hint }) };
}
