import { layOutJson, schemaText as configSchema } from "../config/generated.ts";
import { referencePage } from "../config/reference.ts";
import { fileKinds } from "../core/file-kind.ts";
import { konductorFacts } from "../nix/facts.ts";
import type { Task } from "../core/task.ts";
import { tools, toolNames } from "../tools/index.ts";

interface Source {
  readonly tasks: readonly Task[];
  /** The file as it stands. */
  readonly before: string;
}

/** A file of the repository that is made from code; a test holds each current. */
export interface GeneratedFile {
  /** Relative to `k`'s home. */
  readonly path: string;
  make(source: Source): string | Promise<string>;
}

const names = { tool: toolNames, kind: fileKinds };

export const generatedFiles: readonly GeneratedFile[] = [
  { path: "konductor.schema.json", make: () => schemaText() },
  { path: "nix/tools.json", make: () => toolsForNix() },
  { path: "docs/configuration.md", make: () => referencePage(names) },
  { path: "docs/tools.md", make: () => toolsPage() },
  { path: "docs/nix.md", make: ({ before }) => between(before, "shells", shellTable()) },
  { path: "README.md", make: ({ tasks, before }) => between(before, "tasks", taskTable(tasks)) },
];

export function schemaText(): string {
  return configSchema(names);
}

/** What the Nix wrappers need of the tools table. */
function toolsForNix(): string {
  const rows = tools.map(({ name, summary, url, from, config, wrapper = {}, env, version }) => ({
    name,
    summary,
    url,
    nix: from.nix ?? null,
    program: wrapper.program ?? from.program ?? name,
    script: wrapper.script ?? null,
    config: wrapper.config ?? config?.path ?? null,
    flag: wrapper.env === undefined ? (wrapper.flag ?? config?.flag ?? null) : null,
    configEnv: wrapper.env ?? config?.env ?? null,
    subcommands: wrapper.subcommands ?? [],
    without: wrapper.without ?? [],
    own: wrapper.own ?? [],
    inline: wrapper.inline ?? false,
    args: wrapper.args ?? [],
    env: env ?? {},
    version: version?.args ?? [],
  }));
  return layOutJson(rows);
}

/** Puts text between `<!-- NAME:begin -->` and `<!-- NAME:end -->`; throws where they are not there. */
export function between(text: string, name: string, inside: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) {
    throw new Error(`there is no ${begin} … ${end} to write into`);
  }
  return `${text.slice(0, from + begin.length)}\n\n${inside}\n${text.slice(to)}`;
}

/** A Markdown table as prettier writes it: columns padded to the widest cell. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")));
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...escaped.map((row) => Bun.stringWidth(row[column] ?? "")))
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - Bun.stringWidth(cell))).join(" | ")} |`;
  return `${[line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...escaped.map(line)].join("\n")}\n`;
}

function taskTable(tasks: readonly Task[]): string {
  const shown = tasks.filter(({ definition }) => definition.hidden !== true);
  const rows = shown.map(({ id, definition }) => [
    `\`${id}\``,
    (definition.aliases ?? []).map((alias: string) => `\`${alias}\``).join(", "),
    definition.summary,
  ]);
  return markdownTable(["Task", "Aliases", "What it does"], rows);
}

function shellTable(): string {
  const { shells, versions } = konductorFacts;
  const { python, go, node, rust } = versions;
  const versionOf: Readonly<Record<string, string>> = {
    python: `Python ${python.display}`,
    go: `Go ${go.display}`,
    node: `Node.js ${node.display}`,
    rust: `Rust ${rust.display}`,
  };
  const rows = shells.map(({ name, summary, layers }) => [
    `\`nix develop konductor${name === "default" ? "" : `#${name}`}\``,
    summary,
    layers.flatMap((layer) => versionOf[layer] ?? []).join(", "),
  ]);
  return markdownTable(["Command", "What is in it", "Languages"], rows);
}

function toolsPage(): string {
  const rows = tools.map((tool) => [
    `[${tool.name}](${tool.url})`,
    tool.summary,
    tool.kinds.map((kind) => `\`${kind}\``).join(", "),
    tool.from.npm === undefined ? (tool.from.apt === undefined ? "Nix" : "Nix, Debian") : "lockfile",
    tool.config === undefined ? "" : `\`${tool.config.path}\``,
    tool.standIn ?? "",
  ]);
  return [
    "# Tools",
    "",
    "The linters and formatters that `k` knows, each declared once in `lib/tools/`. This page is made from that table by",
    "`k generate`. `k tools` shows how they stand on your machine.",
    "",
    "Where a tool is not to be had, its stand-in runs in its place and is named; where there is none either, the task is",
    "skipped with the command that brings the tool.",
    "",
    markdownTable(["Tool", "What it does", "Files", "Comes from", "Config", "Stand-in"], rows),
  ].join("\n");
}
