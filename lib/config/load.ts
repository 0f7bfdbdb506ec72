import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { loadToml } from "../host/toml.ts";
import type { World } from "./check-value.ts";
import { type Config, configOf, type GivenValues, type Origin } from "./config.ts";
import { inCi } from "./in-ci.ts";
import type { Layer } from "./layer.ts";
import { type Keys, showKey } from "./setting.ts";
import { ownVariables, spec } from "./spec.ts";

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
export function loadConfig(options: LoadOptions): Loaded {
  const { root, env, kindNames } = options;
  const names = {
    // Asked for when a layer names a tool: the caller may have them loaded only then.
    get tool() {
      return options.toolNames;
    },
    kind: kindNames,
  };
  const world: World = { names };
  const layers = [...configFiles.flatMap((file) => fileOf(root, file, world) ?? []), ...environmentOf(env, world)];
  const problems = layers.flatMap((layer) => layer.problems);
  if (problems.length > 0) {
    return { ok: false, problems };
  }
  const given: GivenValues = new Map(layers.flatMap((layer) => layer.given).map((one) => [showKey(one.path), one]));
  const ci = inCi(env);
  const of = (key: string): Origin => given.get(key)?.origin() ?? defaultOrigin(key, ci);
  return { ok: true, config: configOf(given, ci), origins: { of, given, ci } };
}

// Most projects configure nothing: what checks a layer is loaded when there is one.

function fileOf(root: string, file: string, world: World): Layer | undefined {
  const loaded = loadToml(join(root, file), file);
  if (loaded === undefined) {
    return undefined;
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only where there is something to read
  const { fileLayer }: typeof import("./layer.ts") = require("./layer.ts");
  return fileLayer(loaded, file, world);
}

function environmentOf(env: LoadOptions["env"], world: World): readonly Layer[] {
  const own: readonly string[] = ownVariables;
  const names = Object.keys(env).filter((name) => name.startsWith("KONDUCTOR_") && !own.includes(name));
  if (names.length === 0) {
    return [];
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only where there is something to read
  const { environmentLayer }: typeof import("./environment.ts") = require("./environment.ts");
  return [environmentLayer(env, names.toSorted(), world)];
}

function defaultOrigin(key: string, ci: boolean): Origin {
  const [table = "", name = ""] = key.split(".");
  const keys: Keys = Object.hasOwn(spec, table) ? spec[table as keyof typeof spec].keys : {};
  const setting = keys[name];
  return ci && setting?.type === "boolean" && setting.inCi !== undefined
    ? { kind: "default", because: "CI" }
    : { kind: "default" };
}
