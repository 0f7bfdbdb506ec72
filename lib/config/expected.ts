import type { ListItem, Setting } from "./setting.ts";

/** What a setting takes, in words that stand behind "must be". */
export function mustBe(setting: Setting): string {
  switch (setting.type) {
    case "boolean":
      return "true or false";
    case "integer":
      return `a whole number from ${setting.min} to ${setting.max}`;
    case "seconds":
      return `a number of seconds from ${setting.min} to ${setting.max}`;
    case "size":
      return 'a size such as "1MB" or a number of bytes';
    case "choice":
      return oneOf(setting.choices);
    case "text":
      return setting.pattern?.words ?? "text of one line";
    case "path":
      return `the path of a ${setting.to} inside the project`;
    case "name":
      return mustBeItem({ type: "name", of: setting.of });
    case "list":
      return `a list of ${pluralOf(setting.items)}`;
    case "map":
      return `a table of ${setting.keys === "kind" ? "kinds of files" : "tools"} with one ${setting.values === "tool" ? "tool" : "kind"} each`;
  }
}

/** The same for one entry of a list. */
export function mustBeItem(item: ListItem): string {
  switch (item.type) {
    case "text":
      return item.pattern?.words ?? (item.empty === true ? "text" : "text of one line");
    case "glob":
      return "a glob";
    case "choice":
      return oneOf(item.choices);
    case "name":
      return item.of === "tool" ? "the name of a tool" : "a kind of file";
  }
}

function pluralOf(item: ListItem): string {
  switch (item.type) {
    case "text":
      return item.pattern?.words === "one word" ? "words" : "texts";
    case "glob":
      return "globs";
    case "choice":
      return `any of ${item.choices.join(", ")}`;
    case "name":
      return item.of === "tool" ? "tools" : "kinds of files";
  }
}

function oneOf(choices: readonly string[]): string {
  return `one of ${choices.join(", ")}`;
}

/** A value in words, short enough for one line. */
export function found(value: unknown): string {
  if (typeof value === "string") {
    return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
  }
  if (typeof value === "number") {
    return `the number ${Object.is(value, -0) ? 0 : value}`;
  }
  if (typeof value === "boolean") {
    return String(value);
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : "a list";
  }
  return isTable(value) ? "a table" : `the date or time ${String(value)}`;
}

/** TOML's dates are objects too: of a class, where tables are plain. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
