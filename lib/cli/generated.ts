import { layOutJson, schemaText as configSchema } from "../config/generated.ts";
import { referencePage } from "../config/reference.ts";
import { kustomizeFiles } from "../deploy/kustomize-files.ts";
import { fileKinds } from "../core/file-kind.ts";
import type { Task } from "../core/task.ts";
import { moduleOptionsText, parseModuleOptions } from "../nix/module-options.ts";
import { parseShellLayers, shellLayersText } from "../nix/shell-layers.ts";
import {
  composeFile,
  devcontainerDockerfile,
  devcontainerJson,
  type LixFacts,
  volumeRows,
} from "../docker/devcontainer-files.ts";
import { bakeFile, dockerfile } from "../docker/image-files.ts";
import { volumesFor } from "../docker/volumes.ts";
import { konductorFacts } from "../nix/facts.ts";
import { installCommand, lixPins, lixVersion } from "../setup/lix.ts";
import { tools, toolNames } from "../tools/index.ts";

interface Source {
  readonly tasks: readonly Task[];
  /** The file as it stands. */
  readonly before: string;
  /** What a Nix file of this repository is worth, as JSON; undefined where there is no Nix. */
  evaluate(path: string): Promise<string | undefined>;
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
  { path: "docs/modules.md", make: modulesPage },
  { path: "docs/shells.md", make: shellsPage },
  { path: "Dockerfile", make: ({ before }) => dockerfile(before, konductorFacts) },
  { path: "bake.hcl", make: ({ before }) => bakeFile(before, konductorFacts) },
  {
    path: ".devcontainer/Dockerfile",
    make: ({ before }) => devcontainerDockerfile(before, konductorFacts, lixFacts()),
  },
  { path: ".devcontainer/compose.yaml", make: ({ before }) => composeFile(before, konductorFacts, lixFacts()) },
  { path: ".devcontainer/devcontainer.json", make: () => layOutJson(devcontainerJson(konductorFacts)) },
  { path: "docs/docker.md", make: ({ before }) => between(before, "volumes", volumeTable()) },
  ...kustomizeFiles().map(([path, text]): GeneratedFile => ({ path, make: () => text })),
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

/** Where there is no Nix, the options stay as they stand. */
async function modulesPage({ before, evaluate }: Source): Promise<string> {
  const table = await evaluate("nix/modules/options-table.nix");
  return table === undefined ? before : between(before, "options", moduleOptionsText(parseModuleOptions(table)));
}

/** Where there is no Nix, the layers stay as they stand. */
async function shellsPage({ before, evaluate }: Source): Promise<string> {
  const table = await evaluate("nix/shells/table.nix");
  const textOf = (json: string): string => shellLayersText(parseShellLayers(json), konductorFacts.shells);
  return table === undefined ? before : between(before, "layers", textOf(table));
}

/** Lix as the development container installs it: as root, on a Linux without systemd. */
function lixFacts(): LixFacts {
  const machine = {
    platform: "linux",
    user: { name: "root", uid: 0 },
    at: () => "/dev/null/none",
    attended: false,
  } as const;
  const [, ...words] = installCommand("installer", "archive", machine);
  const pinsFor = (arch: "x64" | "arm64"): { readonly [name: string]: readonly LixPin[] } => {
    const pins = lixPins({ platform: "linux", arch, env: {} });
    return pins === undefined ? {} : { [arch === "x64" ? "amd64" : "arm64"]: [pins.installer, pins.package] };
  };
  return { version: lixVersion, words: words.slice(0, -2), pins: { ...pinsFor("x64"), ...pinsFor("arm64") } };
}

type LixPin = LixFacts["pins"][string] extends readonly (infer P)[] | undefined ? P : never;

function volumeTable(): string {
  return markdownTable(["Volume", "Where", "What it holds"], volumeRows(konductorFacts, volumesFor(lixVersion)));
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
