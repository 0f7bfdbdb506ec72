import { fileKinds } from "../../../lib/core/file-kind.ts";
import { type Problem, show } from "../../../lib/core/problem.ts";
import { type Loaded, loadConfig } from "../../../lib/config/load.ts";
import { tempFolder } from "../../support/temp-folder.ts";

export const toolNames = [
  "biome",
  "black",
  "eslint",
  "go-vet",
  "gofumpt",
  "lychee",
  "nixpkgs-fmt",
  "prettier",
  "ruff",
  "rustfmt",
  "shellcheck",
  "shfmt",
  "taplo",
] as const;

export const names = { tool: toolNames, kind: fileKinds } as const;

export interface Layers {
  readonly project?: string | undefined;
  readonly local?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Loads these layers from a folder of their own. */
export function load({ project, local, env = {} }: Layers): Loaded {
  using temp = tempFolder({
    ...(project === undefined ? {} : { "konductor.toml": project }),
    ...(local === undefined ? {} : { "konductor.local.toml": local }),
  });
  // Origins are worked out later, when the files are gone: they must not need them.
  return loadConfig({ root: temp.path, env, toolNames, kindNames: fileKinds });
}

/** The configuration of layers that are right. */
export function loadFine(layers: Layers): Extract<Loaded, { ok: true }> {
  const loaded = load(layers);
  if (!loaded.ok) {
    throw new Error(loaded.problems.map((problem) => show(problem).message).join("\n"));
  }
  return loaded;
}

/** Each problem as `message`, or `message | hint`. */
export function problemsOf(layers: Layers): readonly string[] {
  const loaded = load(layers);
  return loaded.ok ? [] : loaded.problems.map(shown);
}

export function shown(problem: Problem): string {
  const { message, hint } = show(problem);
  return hint === undefined ? message : `${message} | ${hint}`;
}
