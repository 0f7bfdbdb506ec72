import { nearest } from "../core/suggest.ts";
import type { Problem } from "../core/problem.ts";
import { checkValue, entryNames, type Fault, type World, whyNoName } from "./check-value.ts";
import type { Given } from "./config.ts";
import type { Layer } from "./layer.ts";
import { type KeyPath, type Setting, tablesOf } from "./setting.ts";
import { ownVariables, spec } from "./spec.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** A setting that has a variable: each key, the keys of each tool, and each entry of a map. */
export interface Variable {
  readonly path: KeyPath;
  readonly setting: Setting;
}

/** `KONDUCTOR_LINT_FAIL_ON` for `lint.fail_on`: upper case, with `_` for what is no letter or digit. */
export function variableName(path: KeyPath): string {
  return `KONDUCTOR_${path
    .join("_")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "_")}`;
}

/** All variables by name, for these tools and kinds of files. */
export function variables(names: World["names"]): ReadonlyMap<string, Variable> {
  const all = new Map<string, Variable>();
  const add = (path: KeyPath, setting: Setting): void => {
    if (setting.type !== "map") {
      all.set(variableName(path), { path, setting });
    } else {
      for (const name of names[setting.keys]) {
        all.set(variableName([...path, name]), { path: [...path, name], setting });
      }
    }
  };
  for (const [name, table] of tablesOf(spec)) {
    const tables = table.type === "table" ? [[name]] : entryNames(table.names, names).map((entry) => [name, entry]);
    for (const path of tables) {
      for (const [key, setting] of Object.entries(table.keys)) {
        add([...path, key], setting);
      }
    }
  }
  return all;
}

/**
 * The layer of these variables of the environment, all of which begin with `KONDUCTOR_`. An empty variable counts as
 * not set. Lists are split at commas, but not inside of `{a,b}`.
 */
export function environmentLayer(env: Env, variableNames: readonly string[], world: World): Layer {
  const given: Given[] = [];
  const problems: Problem[] = [];
  const known = variables(world.names);
  for (const name of variableNames) {
    const variable = known.get(name);
    const text = env[name] ?? "";
    if (variable === undefined) {
      problems.push(unknownVariable(name, [...known.keys(), ...ownVariables]));
    } else if (text !== "") {
      const { value, faults } = readVariable(variable, text, world);
      problems.push(...faults.map(({ message, hint }) => problemOf(name, message, hint)));
      if (value !== undefined) {
        given.push({ path: variable.path, value, origin: () => ({ kind: "variable", name }) });
      }
    }
  }
  return { given, problems };
}

function unknownVariable(name: string, known: readonly string[]): Problem {
  const near = nearest(name, known);
  const all = "`k config show` lists the settings; a variable is called as its key, as in KONDUCTOR_LINT_FAIL_ON";
  return problemOf(name, "no setting has this variable", near === undefined ? all : `did you mean ${near}?`);
}

function problemOf(name: string, message: string, hint: string | undefined): Problem {
  return { kind: "config", place: { file: name }, message, ...(hint === undefined ? {} : { hint }) };
}

function readVariable(
  { path, setting }: Variable,
  text: string,
  world: World
): { value?: unknown; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  if (setting.type !== "map") {
    return { value: checkValue(setting, rawValue(setting, text), path, world, faults), faults };
  }
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
    if (char === "{") {
      depth += 1;
    }
    if (char === "}") {
      depth -= 1;
    }
    if (char === "," && depth <= 0) {
      parts.push("");
    } else {
      parts[parts.length - 1] += char;
    }
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
