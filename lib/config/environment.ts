import { nearest } from "../core/suggest.ts";
import type { Problem } from "../core/problem.ts";
import { checkValue, type Fault, type World, whyNoName } from "./check-value.ts";
import type { Given } from "./config.ts";
import type { KeyPath, NamedTables, Setting, Table } from "./setting.ts";
import { ownVariables, spec } from "./spec.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** A setting that has a variable: each key, the keys of each tool, and each entry of a map. */
export interface Variable {
  readonly path: KeyPath;
  readonly setting: Setting;
}

/** `KONDUCTOR_LINT_FAIL_ON` for `lint.fail_on`: upper case, with `_` for what is no letter or digit. */
export function variableName(path: KeyPath): string {
  return `KONDUCTOR_${path.join("_").toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
}

/** All variables by name, for these tools and kinds of files. */
export function variables(names: World["names"]): ReadonlyMap<string, Variable> {
  const all = new Map<string, Variable>();
  const add = (path: KeyPath, setting: Setting): void => {
    if (setting.type !== "map") all.set(variableName(path), { path, setting });
    else for (const name of names[setting.keys]) all.set(variableName([...path, name]), { path: [...path, name], setting });
  };
  for (const [name, table] of Object.entries<Table | NamedTables>(spec)) {
    const tables = table.type === "table" ? [[name]] : names[table.names].map((entry) => [name, entry]);
    for (const path of tables) for (const [key, setting] of Object.entries(table.keys)) add([...path, key], setting);
  }
  return all;
}

/**
 * The layer of `KONDUCTOR_*` variables. An empty variable counts as not set. Lists are split at commas, but not
 * inside of `{a,b}`.
 */
export function readEnvironment(env: Env, world: World): { readonly given: readonly Given[]; readonly problems: readonly Problem[] } {
  const given: Given[] = [];
  const problems: Problem[] = [];
  const own: readonly string[] = ownVariables;
  const names = Object.keys(env).filter((name) => name.startsWith("KONDUCTOR_") && !own.includes(name)).toSorted();
  if (names.length === 0) return { given, problems };
  const known = variables(world.names);
  for (const name of names) {
    const variable = known.get(name);
    const text = env[name] ?? "";
    if (variable === undefined) {
      const near = nearest(name, [...known.keys(), ...own]);
      const hint = near === undefined ? "`k config show` lists the settings; a variable is called as its key, as in KONDUCTOR_LINT_FAIL_ON" : `did you mean ${near}?`;
      problems.push({ kind: "config", place: { file: name }, message: "no setting has this variable", hint });
    } else if (text !== "") {
      const { value, faults } = readVariable(variable, text, world);
      problems.push(...faults.map(({ message, hint }): Problem => ({ kind: "config", place: { file: name }, message, ...(hint === undefined ? {} : { hint }) })));
      if (value !== undefined) given.push({ path: variable.path, value, origin: () => ({ kind: "variable", name }) });
    }
  }
  return { given, problems };
}

function readVariable({ path, setting }: Variable, text: string, world: World): { value?: unknown; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  if (setting.type !== "map") return { value: checkValue(setting, rawValue(setting, text), path, world, faults), faults };
  const why = whyNoName(setting.values, text, `\`${path.join(".")}\``, world, setting.or);
  return why === undefined ? { value: text, faults } : { faults: [{ path, at: "value", ...why }] };
}

/** The value as TOML would have it; text that is none stays text, for the check to refuse. */
function rawValue(setting: Setting, text: string): unknown {
  switch (setting.type) {
    case "boolean":
      return /^(true|1|yes|on)$/i.test(text) ? true : /^(false|0|no|off)$/i.test(text) ? false : text;
    case "integer":
    case "seconds":
    case "size":
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
    case "list":
      return splitList(text);
    default:
      return text;
  }
}

function splitList(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "{") depth += 1;
    if (char === "}") depth -= 1;
    if (char === "," && depth <= 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
