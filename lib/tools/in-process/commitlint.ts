import { dirname, join } from "node:path";
import lint from "@commitlint/lint";
import type { LintOptions, QualifiedRules, UserConfig } from "@commitlint/types";
import type { ToolFinding, ToolModule } from "../../core/tool.ts";
import { type MessageLine, messageLines, placeOfRule } from "./commitlint/message.ts";

let rules: QualifiedRules = {};
let options: LintOptions = {};
let commentPrefix = "#";

const ownConfig = join(import.meta.dir, "../../../nix/config/commitlint/commitlint.config.js");

/** A config that extends nothing is whole as it stands; for others the loader of commitlint is needed, and is slow. */
async function loadConfig(path: string): Promise<void> {
  const read = /\.[cm]?[jt]s$/.test(path) ? ((await import(path)) as { default: UserConfig }).default : undefined;
  const isWhole = read !== undefined && read.extends === undefined && typeof read.parserPreset !== "string";
  if (!isWhole || read.plugins?.some((plugin) => typeof plugin === "string")) {
    return loadExtending(path);
  }
  const preset = await read.parserPreset;
  const plugins = (read.plugins ?? []).flatMap((plugin, index) =>
    typeof plugin === "string" ? [] : [[`plugin-${index}`, plugin] as const]
  );
  rules = (read.rules ?? {}) as QualifiedRules;
  options = optionsOf({
    ...read,
    parserOpts: typeof preset === "object" ? preset.parserOpts : undefined,
    plugins: Object.fromEntries(plugins),
  });
}

async function loadExtending(path: string): Promise<void> {
  const { default: load } = await import("@commitlint/load");
  const config = await load({}, { cwd: dirname(path), file: path });
  rules = config.rules;
  options = optionsOf({ ...config, parserOpts: config.parserPreset?.parserOpts });
}

function optionsOf(from: {
  readonly plugins: LintOptions["plugins"];
  readonly ignores?: LintOptions["ignores"];
  readonly defaultIgnores?: boolean;
  readonly parserOpts?: unknown;
}): LintOptions {
  return {
    ...(from.plugins === undefined ? {} : { plugins: from.plugins }),
    ...(from.ignores === undefined ? {} : { ignores: from.ignores }),
    ...(from.defaultIgnores === undefined ? {} : { defaultIgnores: from.defaultIgnores }),
    ...(from.parserOpts === undefined ? {} : { parserOpts: from.parserOpts as NonNullable<LintOptions["parserOpts"]> }),
  };
}

/** What `[commit]` in `konductor.toml` says, over the config that comes with `k`; a config of the project's own stands as it is. */
function settle(settings: Readonly<Record<string, unknown>>): void {
  const { types, scopes, max_header: maxHeader } = settings;
  if (isWords(types)) {
    rules = { ...rules, "type-enum": [2, "always", [...types]] };
  }
  if (isWords(scopes)) {
    rules = { ...rules, "scope-enum": [2, "always", [...scopes]] };
  }
  if (typeof maxHeader === "number") {
    rules = { ...rules, "header-max-length": [2, "always", maxHeader] };
  }
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === "string");
}

function findingOf(
  outcome: { readonly name: string; readonly message: string; readonly level: number },
  path: string,
  lines: readonly MessageLine[]
): ToolFinding {
  const { name, message, level } = outcome;
  return {
    path,
    rule: name,
    severity: level === 2 ? "error" : "warning",
    ...placeOfRule(name, lines, rules[name as keyof QualifiedRules]),
    message,
    ...(name === "subject-start" ? {} : { url: `https://commitlint.js.org/reference/rules.html#${name}` }),
  };
}

const module: ToolModule = {
  /** `settings` is the table `[commit]` of `konductor.toml`, and `commentChar` where git has another one than `#`. */
  async load(configPath, settings = {}) {
    rules = {};
    options = {};
    if (configPath !== undefined) {
      await loadConfig(configPath);
    }
    if (configPath === ownConfig) {
      settle(settings);
    }
    commentPrefix = typeof settings["commentChar"] === "string" ? settings["commentChar"] : "#";
  },
  async check({ path, text }) {
    const lines = messageLines(text, commentPrefix);
    const { errors, warnings } = await lint(lines.map((line) => line.text).join("\n"), rules, options);
    return [...errors, ...warnings].map((outcome) => findingOf(outcome, path, lines));
  },
};

export default module;
