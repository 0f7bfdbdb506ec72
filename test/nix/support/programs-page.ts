import { between, markdownTable } from "../../../lib/cli/generated.ts";
import type { KeymapGroup, ProgramsData } from "./programs.ts";

export const programsPage = "docs/programs.md";

/** The page with its tables written anew from nix/programs/data.nix. */
export function writeTables(page: string, data: ProgramsData): string {
  const tables: readonly [name: string, table: string][] = [
    ["tmux-keys", tmuxKeys(data)],
    ["neovim-keys", data.neovim.groups.map(keysOf).join("\n")],
    ["neovim-plugins", plugins(data)],
    ["neovim-servers", servers(data)],
    ["neovim-tools", tools(data)],
  ];
  return tables.reduce((text, [name, table]) => between(text, name, table), page);
}

/** As code in Markdown, whatever it holds. */
function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function tmuxKeys({ tmux }: ProgramsData): string {
  const where: Readonly<Record<string, string>> = { prefix: `${tmux.prefix} `, root: "", off: "", "copy-mode-vi": "" };
  const row = ({ table, key, note }: { readonly table: string; readonly key: string; readonly note: string }) => [
    code(`${where[table] ?? ""}${key}`),
    table === "copy-mode-vi" ? "copy mode" : table === "off" ? "nested" : "",
    note,
  ];
  const all = [
    ...tmux.bindings.map((binding) => [...row(binding), ""]),
    ...tmux.plugins.flatMap(({ package: plugin, bindings }) => bindings.map((binding) => [...row(binding), plugin])),
  ];
  return markdownTable(["Key", "When", "What it does", "By"], all);
}

const modes: Readonly<Record<string, string>> = {
  n: "normal",
  x: "visual",
  o: "operator",
  i: "insert",
  t: "terminal",
};

function keysOf({ name, prefix, maps }: KeymapGroup): string {
  const rows = maps.map(({ key, desc, mode = ["n"], program, ft }) => [
    code(key),
    mode.map((letter) => modes[letter] ?? letter).join(", "),
    desc,
    [program === undefined ? "" : `where ${code(program)} is`, ft === undefined ? "" : `in ${ft.join(", ")}`]
      .filter((text) => text !== "")
      .join("; "),
  ]);
  const title = prefix === undefined ? name : `${name}: ${code(prefix)}`;
  return `### ${title[0]?.toUpperCase()}${title.slice(1)}\n\n${markdownTable(["Key", "Mode", "What it does", "Only"], rows)}`;
}

function plugins({ neovim }: ProgramsData): string {
  const rows = Object.values(neovim.plugins).map((row) => [code(row.package), row.summary]);
  return markdownTable(["Plugin", "What it does"], rows);
}

function servers({ neovim }: ProgramsData): string {
  const rows = Object.entries(neovim.servers).map(([name, { language, yields }]) => [
    language,
    code(name),
    yields === true ? "yes" : "",
  ]);
  return markdownTable(["Language", "Server", "One on PATH comes first"], rows);
}

function tools({ neovim }: ProgramsData): string {
  const filetypes = new Map<string, { formatter: string; linters: string[] }>();
  const of = (type: string) => {
    const known = filetypes.get(type) ?? { formatter: "", linters: [] };
    filetypes.set(type, known);
    return known;
  };
  for (const [tool, row] of Object.entries(neovim.formatters)) {
    for (const type of row.filetypes) {
      of(type).formatter = code(tool);
    }
  }
  for (const [tool, row] of Object.entries(neovim.linters)) {
    for (const type of row.filetypes) {
      of(type).linters.push(code(tool));
    }
  }
  const rows = [...filetypes]
    .sort()
    .map(([type, { formatter, linters }]) => [code(type), formatter, linters.join(", ")]);
  return markdownTable(["Type of file", "Formatted by", "Linted by"], rows);
}
