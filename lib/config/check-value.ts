import { hookNames } from "../core/hook.ts";
import { nearest } from "../core/suggest.ts";
import { found, mustBe, mustBeItem } from "./expected.ts";
import {
  type KeyPath,
  type ListItem,
  type ListSetting,
  type NamedTables,
  type NameKind,
  type Setting,
  showKey,
} from "./setting.ts";
import { parseSize } from "./size.ts";

/** What is wrong with a value, and where in its document. */
export interface Fault {
  readonly path: KeyPath;
  /** Whether the key is wrong or its value. */
  readonly at: "key" | "value";
  readonly message: string;
  readonly hint?: string;
}

/** What values are checked against besides the spec. */
export interface World {
  readonly names: Readonly<Record<NameKind, readonly string[]>>;
  /** What is at a path from the project's root; left out where paths are not to be looked at. */
  readonly pathKind?: (path: string) => "file" | "folder" | "missing";
}

/** The value as `Config` holds it; `undefined` where it is wrong, and then `faults` says why. A `map` is for `checkMap`. */
export function checkValue(
  setting: Exclude<Setting, { type: "map" }>,
  value: unknown,
  path: KeyPath,
  world: World,
  faults: Fault[]
): unknown {
  const fault = (message: string, hint?: string): undefined => {
    faults.push({ path, at: "value", message, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  };
  const wrong = (hint?: string): undefined =>
    fault(`\`${showKey(path)}\` must be ${mustBe(setting)}, found ${found(value)}`, hint);
  switch (setting.type) {
    case "boolean":
      return typeof value === "boolean" ? value : wrong(unquoted(value, /^(true|false)$/));
    case "integer":
    case "seconds": {
      const fits = setting.type === "integer" ? Number.isInteger(value) : Number.isFinite(value);
      if (typeof value !== "number" || !fits) {
        return wrong(unquoted(value, /^\d+$/));
      }
      return value >= setting.min && value <= setting.max ? value : wrong();
    }
    case "size": {
      const bytes = typeof value === "string" ? parseSize(value) : Number.isInteger(value) ? Number(value) : undefined;
      return bytes === undefined || bytes < 1 || !Number.isSafeInteger(bytes) ? wrong() : bytes;
    }
    case "choice":
      return typeof value === "string" && setting.choices.includes(value)
        ? value
        : wrong(meant(value, setting.choices));
    case "text":
      return isLine(value) && (setting.pattern === undefined || new RegExp(setting.pattern.source).test(value))
        ? value
        : wrong();
    case "path": {
      if (!isLine(value) || whyOutside(value) !== undefined) {
        return wrong();
      }
      const there = world.pathKind?.(value);
      if (there === "missing") {
        return fault(`\`${showKey(path)}\` names ${JSON.stringify(value)}, and there is no such ${setting.to}`);
      }
      return there === undefined || there === setting.to
        ? value
        : fault(`\`${showKey(path)}\` must name a ${setting.to}, and ${JSON.stringify(value)} is a ${there}`);
    }
    case "name": {
      if (typeof value !== "string") {
        return wrong();
      }
      const why = whyNoName(setting.of, value, `\`${showKey(path)}\``, world);
      return why === undefined ? value : fault(why.message, why.hint);
    }
    case "list":
      return checkList(setting, value, path, world, faults, wrong);
  }
}

function checkList(
  setting: ListSetting,
  value: unknown,
  path: KeyPath,
  world: World,
  faults: Fault[],
  wrong: (hint?: string) => undefined
): readonly string[] | undefined {
  if (!Array.isArray(value)) {
    return wrong(typeof value === "string" ? `write it as a list: [${JSON.stringify(value)}]` : undefined);
  }
  const items = value.map((item: unknown, index) => {
    const why = whyNoItem(setting.items, item, `\`${showKey(path)}\``, world);
    if (why === undefined) {
      return item as string;
    }
    faults.push({ path: [...path, index], at: "value", ...why });
    return undefined;
  });
  return items.every((item) => item !== undefined) ? items : undefined;
}

function whyNoItem(
  item: ListItem,
  value: unknown,
  key: string,
  world: World
): { message: string; hint?: string } | undefined {
  const message = `each entry of ${key} must be ${mustBeItem(item)}, found ${found(value)}`;
  if (typeof value !== "string") {
    return { message };
  }
  switch (item.type) {
    case "text":
      if (item.empty === true) {
        return value.includes("\0") ? { message } : undefined;
      }
      return isLine(value) && (item.pattern === undefined || new RegExp(item.pattern.source).test(value))
        ? undefined
        : { message };
    case "glob":
      return whyNoGlob(value, key, message);
    case "choice":
      return item.choices.includes(value) ? undefined : { message, ...hintOf(meant(value, item.choices)) };
    case "name":
      return whyNoName(item.of, value, key, world);
  }
}

/** What tables may be called; a job may be called anything, so that no variable could be told to be a misspelt one. */
export function entryNames(kind: NamedTables["names"], names: World["names"]): readonly string[] {
  if (kind === "job") {
    return [];
  }
  return kind === "hook" ? hookNames : names[kind];
}

/** Why a name is none of those that `k` knows; `where` is the key that it stands in, as text. */
export function whyNoName(
  kind: NameKind,
  value: string,
  where: string,
  world: World,
  or: readonly string[] = []
): { message: string; hint?: string } | undefined {
  const known = world.names[kind];
  if (known.includes(value) || or.includes(value)) {
    return undefined;
  }
  const what = kind === "tool" ? "no tool" : "no kind of file";
  const all = kind === "tool" ? "`k tools` shows them all" : `the kinds are ${known.join(", ")}`;
  return {
    message: `${where}: ${what} is called ${JSON.stringify(value)}`,
    hint: meant(value, [...known, ...or]) ?? all,
  };
}

function whyNoGlob(value: string, key: string, message: string): { message: string; hint?: string } | undefined {
  if (!isLine(value)) {
    return { message };
  }
  if (value.startsWith("!")) {
    return {
      message: `a glob of ${key} cannot begin with \`!\`, found ${found(value)}`,
      hint: "list what is to be left out, not what is to stay",
    };
  }
  if (value.split("/").includes("..")) {
    return { message: `a glob of ${key} must stay inside the project, found ${found(value)}` };
  }
  if (value.startsWith("./")) {
    return {
      message: `a glob of ${key} begins at the project's root, found ${found(value)}`,
      hint: `write ${JSON.stringify(value.slice(2))}`,
    };
  }
  return undefined;
}

/** Why a path is not one inside the project, from its root. */
function whyOutside(path: string): string | undefined {
  return path.startsWith("/") || path.startsWith("~") || path.split(/[/\\]/).includes("..") ? "outside" : undefined;
}

/** Text of one line, not empty, without control characters. */
function isLine(value: unknown): value is string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return typeof value === "string" && value.trim() !== "" && !/[\u0000-\u001f\u007f]/.test(value);
}

function unquoted(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === "string" && pattern.test(value) ? `write it without quotes: ${value}` : undefined;
}

function meant(value: unknown, known: readonly string[]): string | undefined {
  const near = typeof value === "string" ? nearest(value, known) : undefined;
  return near === undefined ? undefined : `did you mean ${near}?`;
}

function hintOf(hint: string | undefined): { hint?: string } {
  return hint === undefined ? {} : { hint };
}
