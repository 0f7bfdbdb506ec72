import type { World } from "./check-value.ts";
import { variableName } from "./environment.ts";
import { mustBe } from "./expected.ts";
import { type KeyPath, type NamedTables, type Setting, type Table, tablesOf } from "./setting.ts";
import { formatSize } from "./size.ts";
import { ownVariables, spec } from "./spec.ts";
import { tomlValue } from "./toml-text.ts";

/** A project's file as one might write it; a test loads it. */
export const exampleConfig = `[lint]
exclude = ["vendor", "**/*.generated.ts"]
require = ["shellcheck"]
fail_on = "error"

[format.owners]
python = "black"
markdown = "none"

[tools.eslint]
config = "eslint.config.js"
timeout = 600

[checks]
max_file_size = "500kB"

[commit]
scopes = ["api", "docs"]

[tasks]
dir = "tasks"
`;

const intro = [
  "Everything works without any configuration. Where a project wants something else, it says so in `konductor.toml` at its root. This page and the schema `konductor.schema.json`, which editors use to complete and check that file, are made from the same list as the program itself.",
  "## Where values come from",
  "The later wins, key by key:",
  "- the defaults of this page\n- `konductor.toml`, which the project commits\n- `konductor.local.toml` beside it, for one person: leave it out of git\n- variables of the environment, such as `KONDUCTOR_LINT_FAIL_ON=error` for `lint.fail_on`",
  "A list in a later layer replaces the list before it, it does not add to it. Tables are merged: `[tools.ruff]` in both files gives the keys of both. In a variable, a list is separated by commas, true and false may also be 1 and 0, and an empty variable counts as not set. A `KONDUCTOR_` variable that is no setting is an error, so that a slip of the pen does not go unnoticed.",
  "`k config show --origin` prints what is in force, and where each value comes from. An error names file, line and column, and all errors are shown at once.",
  "## Globs",
  "A glob is matched against the path from the project's root: `*` is any part of a name, `**` any number of folders, `{a,b}` a choice. A glob without a slash matches at any depth, and one that matches a folder takes all that is in it, so `vendor` and `vendor/**` at the root do the same. Globs cannot be negated.",
  "## Trust",
  "Keys that can make `k` or a tool run code of the project count only once you have trusted the project with `k trust`; each says so below. Before that, `k` works as if they were not set, and says so. What you set in your own environment needs no trust.",
];

/** The reference page, `docs/configuration.md`: made from the spec, wrapped as the Markdown formatter wraps. */
export function referencePage(names: World["names"]): string {
  const parts = [
    "# Configuration",
    "<!-- Made by `k generate` from lib/config/spec.ts: edits here are lost. -->",
    ...intro,
    "## Example",
  ];
  parts.push(`\`\`\`toml\n${exampleConfig}\`\`\``);
  for (const [name, table] of tablesOf(spec)) {
    parts.push(...tableParts(name, table));
  }
  parts.push("## Names", `Kinds of files: ${codes(names.kind)}.`, `Tools: ${codes(names.tool)}.`);
  parts.push(
    "## Other variables",
    `These begin with \`KONDUCTOR_\` too and are no settings; \`k\` and its shells set them: ${codes(ownVariables)}.`
  );
  return `${parts.map((part) => (part.startsWith("```") || part.startsWith("#") || part.startsWith("<") ? part : wrap(part))).join("\n\n")}\n`;
}

function tableParts(name: string, table: Table | NamedTables): readonly string[] {
  const path = table.type === "named" ? [name, "NAME"] : [name];
  const about =
    table.type === "named"
      ? `${table.summary}: NAME is its name, as in \`[${name}.${exampleName(table)}]\`.`
      : `${table.summary}.`;
  const hasVariables = table.type === "table" || table.names !== "job";
  const keys = Object.entries(table.keys).flatMap(([key, setting]) =>
    settingParts([...path, key], setting, hasVariables)
  );
  return [`## \`[${path.join(".")}]\``, about, ...keys];
}

function exampleName({ names }: NamedTables): string {
  return { tool: "ruff", kind: "python", job: "python-style", hook: "pre-push" }[names];
}

function settingParts(path: KeyPath, setting: Setting, hasVariable: boolean): readonly string[] {
  const variable = variableName(setting.type === "map" ? [...path, "NAME"] : path);
  const facts = [
    `Takes: ${inCode(mustBe(setting))}`,
    ...(setting.type === "map"
      ? Object.entries(setting.default).map(([key, value]) => `Default of \`${key}\`: \`${value}\``)
      : [`Default: ${showDefault(setting)}`]),
    ...(hasVariable ? [`Variable: \`${variable}\``] : []),
    `Used by: ${setting.used
      .split(", ")
      .map((use) => (use.startsWith("k ") ? `\`${use}\`` : use))
      .join(", ")}`,
    ...(setting.trust === true ? ["Needs a trusted project"] : []),
  ];
  return [`### \`${path.join(".")}\``, `${setting.summary}.`, facts.map((fact) => `- ${fact}`).join("\n")];
}

function showDefault(setting: Exclude<Setting, { type: "map" }>): string {
  if (!("default" in setting)) {
    return setting.otherwise ?? "none";
  }
  if (setting.type === "boolean" && setting.inCi !== undefined) {
    return `\`${setting.default}\`, in CI \`${setting.inCi}\``;
  }
  return `\`${setting.type === "size" ? tomlValue(formatSize(setting.default ?? 0)) : tomlValue(setting.default)}\``;
}

function codes(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}

const width = 100;

/** Breaks lines at spaces, but not inside of code; the lines of a list hang under its mark. */
function wrap(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const hang = line.startsWith("- ") ? "  " : "";
      const words = line.match(/(?:`[^`]*`|[^\s`])+/g) ?? [];
      const lines: string[] = [];
      for (const word of line.startsWith("- ") ? [`- ${words[1]}`, ...words.slice(2)] : words) {
        const last = lines.at(-1);
        if (last !== undefined && last.length + 1 + word.length <= width) {
          lines[lines.length - 1] = `${last} ${word}`;
        } else {
          lines.push(last === undefined ? word : hang + word);
        }
      }
      return lines.join("\n");
    })
    .join("\n");
}

/** Values in words as code: quoted texts, and each of the names that a key takes one of. */
function inCode(words: string): string {
  const [, names] = /^one of (.*)$/.exec(words) ?? [];
  if (names !== undefined) {
    return `one of ${names
      .split(", ")
      .map((name) => `\`${name}\``)
      .join(", ")}`;
  }
  return words.replaceAll(/"[^"]*"/g, "`$&`");
}
