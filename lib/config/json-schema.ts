import { hookNames } from "../core/hook.ts";
import { entryNames, type World } from "./check-value.ts";
import { hooksTable } from "./hook-spec.ts";
import { jobName, type Keys, type ListItem, type NamedTables, type Setting, type Table } from "./setting.ts";
import { sizePattern } from "./size.ts";
import { spec } from "./spec.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Paths inside the project: not absolute, not of a home, and without a part that leads up. */
const insidePattern = "^(?=.*\\S)(?![/~])(?!(.*[/\\\\])?\\.\\.([/\\\\]|$))[^\\u0000-\\u001f\\u007f]+$";
const globPattern = "^(?=.*\\S)(?!!)(?!\\./)(?!(.*/)?\\.\\.(/|$))[^\\u0000-\\u001f\\u007f]+$";
const linePattern = "^[^\\u0000-\\u001f\\u007f]*\\S[^\\u0000-\\u001f\\u007f]*$";

/** The schema of `konductor.toml`, JSON schema draft 2020-12, for editors: made from the spec, the tools and the kinds of files. */
export function jsonSchema(names: World["names"]): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "konductor.toml",
    description: "What a project tells `k`",
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      Object.entries<Table | NamedTables>(spec).map(([name, table]) => [name, tableSchema(table, names)])
    ),
    $defs: { hook: keysSchema(hooksTable.entries.summary, hooksTable.entries.keys, names) },
  };
}

function tableSchema(table: Table | NamedTables, names: World["names"]): Schema {
  if (table.type === "table") {
    const own = keysSchema(table.summary, table.keys, names);
    const inner =
      table.entries === undefined
        ? []
        : hookNames.map((name) => [name, { description: `Git's ${name} hook`, $ref: "#/$defs/hook" }]);
    return { ...own, properties: { ...own.properties, ...Object.fromEntries(inner) } };
  }
  return {
    description: `${table.summary}, by name`,
    type: "object",
    propertyNames: table.names === "job" ? { pattern: jobName.source } : { enum: entryNames(table.names, names) },
    additionalProperties: keysSchema(table.summary, table.keys, names),
  };
}

function keysSchema(description: string, keys: Keys, names: World["names"]): Schema & { readonly properties: Schema } {
  const properties = Object.entries(keys).map(([key, setting]) => [key, settingSchema(setting, names)]);
  return { description, type: "object", additionalProperties: false, properties: Object.fromEntries(properties) };
}

function settingSchema(setting: Setting, names: World["names"]): Schema {
  const value = "default" in setting && setting.type !== "map" ? { default: setting.default } : {};
  return { description: setting.summary, ...valueSchema(setting, names), ...value };
}

function valueSchema(setting: Setting, names: World["names"]): Schema {
  switch (setting.type) {
    case "boolean":
      return { type: "boolean" };
    case "integer":
      return { type: "integer", minimum: setting.min, maximum: setting.max };
    case "seconds":
      return { type: "number", minimum: setting.min, maximum: setting.max };
    case "size":
      return {
        anyOf: [
          { type: "integer", minimum: 1 },
          { type: "string", pattern: sizePattern },
        ],
      };
    case "choice":
      return { enum: setting.choices };
    case "text":
      return { type: "string", pattern: setting.pattern?.source ?? linePattern };
    case "path":
      return { type: "string", pattern: insidePattern };
    case "name":
      return { enum: names[setting.of] };
    case "list":
      return { type: "array", items: itemSchema(setting.items, names) };
    case "map":
      return {
        type: "object",
        propertyNames: { enum: names[setting.keys] },
        additionalProperties: { enum: [...names[setting.values], ...setting.or] },
      };
  }
}

function itemSchema(item: ListItem, names: World["names"]): Schema {
  switch (item.type) {
    case "text":
      return item.empty === true
        ? { type: "string" }
        : { type: "string", pattern: item.pattern?.source ?? linePattern };
    case "glob":
      return { type: "string", pattern: globPattern };
    case "choice":
      return { enum: item.choices };
    case "name":
      return { enum: names[item.of] };
  }
}
