import { join } from "node:path";
import type { Place, Problem } from "../core/problem.ts";
import { loadToml, type TomlDocument } from "../host/toml.ts";
import { placeOf } from "../host/text-place.ts";
import { locateToml, type TomlPositions } from "../host/toml-positions.ts";
import { checkDocument } from "./check-document.ts";
import type { Fault, World } from "./check-value.ts";
import { type Config, configOf, type Given, type GivenValues, inCi, type Origin } from "./config.ts";
import { readEnvironment } from "./environment.ts";
import { type Keys, showKey } from "./setting.ts";
import { spec } from "./spec.ts";

/** The project's file, and the user's own beside it that is not committed; the later wins. */
export const configFiles = ["konductor.toml", "konductor.local.toml"] as const;

export interface LoadOptions {
  /** The project's root, absolute. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names of the tools table, and the kinds of files: names in the configuration must be among these. */
  readonly toolNames: readonly string[];
  readonly kindNames: readonly string[];
}

/** Where each value came from. */
export interface Origins {
  /** By key, as in `lint.fail_on` or `tools.ruff.args`. */
  of(key: string): Origin;
  /** All values that a layer gave. */
  readonly given: GivenValues;
  readonly ci: boolean;
}

export type Loaded =
  | { readonly ok: true; readonly config: Config; readonly origins: Origins }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Defaults, then `konductor.toml`, then `konductor.local.toml`, then `KONDUCTOR_*` variables: the later wins, key by
 * key, and a list replaces the list before it. All problems of all layers are reported at once.
 */
export function loadConfig({ root, env, toolNames, kindNames }: LoadOptions): Loaded {
  const world: World = { names: { tool: toolNames, kind: kindNames } };
  const files = configFiles.flatMap((file) => readLayer(join(root, file), file, world) ?? []);
  const layers: readonly Layer[] = [...files, readEnvironment(env, world)];
  const problems = layers.flatMap((layer) => layer.problems);
  if (problems.length > 0) return { ok: false, problems };
  const given = new Map(layers.flatMap((layer) => layer.given).map((one) => [showKey(one.path), one]));
  const ci = inCi(env);
  return { ok: true, config: configOf(given, ci), origins: { of: (key) => given.get(key)?.origin() ?? defaultOrigin(key, ci), given, ci } };
}

function defaultOrigin(key: string, ci: boolean): Origin {
  const [table = "", name = ""] = key.split(".");
  const keys: Keys = Object.hasOwn(spec, table) ? spec[table as keyof typeof spec].keys : {};
  const setting = keys[name];
  return ci && setting?.type === "boolean" && setting.inCi !== undefined ? { kind: "default", because: "CI" } : { kind: "default" };
}

/** What one layer gives, and all that is wrong in it. */
export interface Layer {
  readonly given: readonly Given[];
  readonly problems: readonly Problem[];
}

/** One file as a layer; `undefined` where there is no such file. */
export function readLayer(path: string, label: string, world: World): Layer | undefined {
  const loaded = loadToml(path, label);
  if (loaded === undefined) return undefined;
  if (!loaded.ok) return { given: [], problems: [loaded.problem] };
  const { values, faults } = checkDocument(loaded.document.value, world);
  const placed = placesIn(loaded.document, label);
  return {
    given: values.map(({ path: key, value }) => ({ path: key, value, origin: () => ({ kind: "file", ...placed(key, "key") }) })),
    problems: faults
      .map((fault) => problemOf(fault, placed(fault.path, fault.at)))
      .toSorted((a, b) => (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.column ?? 0) - (b.place.column ?? 0)),
  };
}

function problemOf({ message, hint }: Fault, place: Place): Problem & { kind: "config" } {
  return { kind: "config", place, message, ...(hint === undefined ? {} : { hint }) };
}

/** Positions of a document, worked out at the first question. */
function placesIn({ text }: TomlDocument, file: string): (path: Fault["path"], at: Fault["at"]) => Required<Place> {
  let positions: TomlPositions | undefined;
  return (path, at) => {
    positions ??= locateToml(text);
    return { file, ...placeOf(text, positions.at(path)?.[at] ?? 0) };
  };
}
