import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { digestOf } from "../../cache/digest.ts";
import type { Recipe } from "../../cache/store.ts";
import type { Tool } from "../../core/tool.ts";
import type { FoundTool } from "../../host/find-tool.ts";
import { readRegularFile } from "../../host/inspect.ts";
import { statLine } from "../../host/stat-line.ts";
import { readVersion } from "../../host/tool-version.ts";
import { settingsFor, toolEnv } from "../calls.ts";
import { configOf } from "../resolve.ts";
import type { LintSession } from "../session.ts";
import { countingVariables } from "./environment.ts";
import { ownBuild } from "./own-build.ts";
import { identifyProgram, type ProgramIdentity } from "./program-identity.ts";

export type Action = "check" | "format";

/** All that a tool's answer rests on beside files of the project, each part by a name that a person understands. */
export type RecipeParts = Readonly<Record<string, string>>;

export interface ToolRecipe {
  readonly parts: RecipeParts;
  /** Its configuration may take in other files of the project, so that any of them may change the answer. */
  readonly reachesOut: boolean;
}

/** Configurations that are programs, or name others that they build on. */
const reaches =
  /\b(extends?|inherit\w*|import|require|plugins?|include|overrides_from|sourceUrl|\$ref|dictionar\w+|processors?)\b/i;

/** What is found out once in a run about programs and configurations, whatever the number of tools and requests that ask. */
export class RecipeFacts {
  readonly #programs = new Map<string, ProgramIdentity>();
  readonly #configs = new Map<string, ConfigFacts | undefined>();
  readonly #home: string;
  readonly #root: string;
  readonly #env: Readonly<Record<string, string | undefined>>;

  /** The folders are absolute. */
  constructor(home: string, root: string, env: Readonly<Record<string, string | undefined>>) {
    this.#home = home;
    this.#root = root;
    this.#env = env;
  }

  program(path: string): ProgramIdentity {
    let known = this.#programs.get(path);
    if (known === undefined) {
      known = identifyProgram(path, this.#env);
      this.#programs.set(path, known);
    }
    return known;
  }

  config(path: string | undefined): ConfigFacts | undefined {
    if (path === undefined) {
      return { part: "", reachesOut: false };
    }
    if (!this.#configs.has(path)) {
      this.#configs.set(path, readConfig(path, this.#home, this.#root));
    }
    return this.#configs.get(path);
  }
}

/** Finds out beforehand, without starting anything, what a tool's recipe will need: there is time while git looks at the files. */
export function prepareRecipe(tool: Tool, session: LintSession): void {
  const found = session.find(tool);
  if (found !== undefined && session.kept !== undefined) {
    if (found.origin !== "lockfile") {
      session.facts.program(found.path);
    }
    const config = configOf(tool, session);
    session.facts.config("path" in config ? config.path : undefined);
    ownBuild(session.options.home);
  }
}

/** The recipe of a tool as it is found and set up now; undefined where the tool cannot be known again. */
export async function recipeOf(
  found: FoundTool,
  action: Action,
  configPath: string | undefined,
  session: LintSession
): Promise<ToolRecipe | undefined> {
  const { home, config, env } = session.options;
  const { tool } = found;
  const program = await programOf(found, session);
  const settings = session.facts.config(configPath);
  if (program === undefined || settings === undefined) {
    return undefined;
  }
  const command = action === "format" ? tool.format : tool.check;
  const variables = countingVariables(tool.name, { ...toolEnv(env), ...found.env, ...tool.env });
  return {
    parts: {
      k: ownBuild(home),
      ...program,
      arguments: JSON.stringify([...(command?.args ?? []), ...(config.tools[tool.name]?.args ?? [])]),
      configuration: settings.part,
      settings: JSON.stringify(settingsFor(tool, session)),
      // Their values may be secrets.
      ...Object.fromEntries(variables.map(([name, value]) => [`$${name}`, digestOf([value])])),
    },
    reachesOut: settings.reachesOut,
  };
}

export function recipeRow(tool: string, action: string, parts: RecipeParts): Recipe {
  const text = JSON.stringify(parts);
  return { digest: digestOf([tool, action, text]), tool, action, parts: text };
}

async function programOf(found: FoundTool, session: LintSession): Promise<RecipeParts | undefined> {
  const { tool, origin, path } = found;
  if (origin === "lockfile") {
    const own = found.argv.length === 0 ? "" : (statLine(path) ?? "");
    return { tool: `${tool.name} ${found.version ?? ""}`, program: own };
  }
  const { stats, isShim } = session.facts.program(path);
  const version = isShim ? await askAgain(found, session) : await session.versions.of(found);
  return version === undefined ? undefined : { tool: `${tool.name} ${version}`, program: stats.join(", ") };
}

/** The version of what stands behind a shim; undefined where it does not say. */
async function askAgain({ argv, env, tool }: FoundTool, session: LintSession): Promise<string | undefined> {
  const [program, ...before] = argv;
  if (program === undefined || tool.version === undefined) {
    return undefined;
  }
  const { spawner, env: own, root } = session.options;
  const said = await spawner.run({
    argv: [program, ...before, ...tool.version.args],
    cwd: root,
    env: { ...own, ...env },
    timeout: 20,
  });
  return said.spawnError === undefined ? (readVersion(said.stdout) ?? readVersion(said.stderr)) : undefined;
}

/** A config of ast-grep names folders of rules. */
const rulesBeside = /^ruleDirs:/m;

function folderDigest(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return digestOf(files.flatMap((file) => [relative(folder, file), readRegularFile(file)]));
}

interface ConfigFacts {
  readonly part: string;
  readonly reachesOut: boolean;
}

/** Undefined where it cannot be read. A config of `k`'s own stands with its rules. */
function readConfig(path: string, home: string, root: string): ConfigFacts | undefined {
  try {
    const bytes = readRegularFile(path);
    if (path.startsWith(`${home}/nix/config/`)) {
      const text = new TextDecoder("latin1").decode(bytes);
      return {
        part: `k's own, ${rulesBeside.test(text) ? folderDigest(dirname(path)) : digestOf([bytes])}`,
        reachesOut: false,
      };
    }
    const isProgram = /\.[cm]?[jt]s$/.test(path);
    return {
      part: `${relative(root, path)}, ${digestOf([bytes])}`,
      reachesOut: isProgram || reaches.test(new TextDecoder().decode(bytes)),
    };
  } catch {
    return undefined;
  }
}
