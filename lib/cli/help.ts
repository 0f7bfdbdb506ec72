import type { ArgSpec, ArgSpecs, FlagSpec, FlagSpecs } from "../core/flag.ts";
import { needName } from "../core/plan.ts";
import type { Task } from "../core/task.ts";
import { globalFlags } from "./global-flags.ts";

/** Two columns, the second wrapped to the width and aligned. */
export function columnsOf(rows: readonly (readonly [string, string])[], width: number, indent = 2): readonly string[] {
  const left = Math.min(30, Math.max(0, ...rows.map(([name]) => name.length)));
  return rows.flatMap(([name, text]) => {
    const room = Math.max(20, width - left - indent - 2);
    const [first = "", ...more] = wrap(text, room);
    const pad = " ".repeat(indent);
    const head =
      name.length > left
        ? [`${pad}${name}`, `${pad}${" ".repeat(left)}  ${first}`]
        : [`${pad}${name.padEnd(left)}  ${first}`.trimEnd()];
    return [...head, ...more.map((line) => `${pad}${" ".repeat(left)}  ${line}`)];
  });
}

export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function argUsage(name: string, spec: ArgSpec): string {
  const shown = spec.variadic === true ? `${name}…` : name;
  return spec.required === true ? `<${shown}>` : `[${shown}]`;
}

function flagUsage(name: string, spec: FlagSpec): string {
  const value = spec.type === "boolean" ? "" : ` ${spec.value}`;
  return `${spec.short === undefined ? "    " : `-${spec.short}, `}--${name}${value}`;
}

function flagText(spec: FlagSpec): string {
  const choices = "choices" in spec && spec.choices !== undefined ? ` (${spec.choices.join(", ")})` : "";
  return `${spec.summary}${choices}`;
}

function flagRows(specs: FlagSpecs): readonly (readonly [string, string])[] {
  return Object.entries(specs)
    .filter(([, spec]) => spec.hidden !== true)
    .map(([name, spec]) => [flagUsage(name, spec), flagText(spec)]);
}

/** `k TASK --help`: all of it from the definition. */
export function taskHelp({ id, definition, file, origin }: Task, width: number): string {
  const args = Object.entries((definition.args ?? {}) as ArgSpecs);
  const flags = (definition.flags ?? {}) as FlagSpecs;
  const usage = [
    "k",
    id,
    ...(Object.keys(flags).length > 0 ? ["[flags]"] : []),
    ...args.map(([name, spec]) => argUsage(name, spec)),
  ].join(" ");
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ["", `${title}:`, ...lines];
  const needs = (definition.needs ?? []).map(needName);
  return [
    ...wrap(definition.summary, width),
    ...(definition.description === undefined ? [] : ["", ...wrap(definition.description, width)]),
    ...section("Usage", [`  ${usage}`]),
    ...section(
      "Aliases",
      (definition.aliases ?? []).length === 0 ? [] : [`  ${(definition.aliases ?? []).join(", ")}`]
    ),
    ...section(
      "Arguments",
      columnsOf(
        args.map(([name, spec]) => [
          argUsage(name, spec),
          `${spec.summary}${spec.choices === undefined ? "" : ` (${spec.choices.join(", ")})`}`,
        ]),
        width
      )
    ),
    ...section("Flags", columnsOf(flagRows(flags), width)),
    ...section("Needs", needs.length === 0 ? [] : wrap(needs.join(", "), width - 2).map((line) => `  ${line}`)),
    ...section("Asks first", definition.confirm === undefined ? [] : [`  ${definition.confirm}`]),
    ...section(
      "Examples",
      (definition.examples ?? []).map((example: string) => `  ${example}`)
    ),
    "",
    `Flags of k itself: \`k help\`.${origin === "project" ? ` Defined in ${file}.` : ""}`,
    "",
  ].join("\n");
}

const banner = String.raw`
 _                   _            _
| | _____  _ __   __| |_   _  ___| |_ ___  _ __
| |/ / _ \| '_ \ / _' | | | |/ __| __/ _ \| '__|
|   < (_) | | | | (_| | |_| | (__| || (_) | |
|_|\_\___/|_| |_|\__,_|\__,_|\___|\__\___/|_|
`;

/** `k help`: how it is called, every task by domain, and the flags of the runner. */
export function overview(tasks: readonly Task[], version: string, width: number): string {
  const shown = tasks.filter(({ definition }) => definition.hidden !== true);
  const domains = Map.groupBy(shown, ({ id }) =>
    shown.some((other) => other.id.startsWith(`${id}:`)) || id.includes(":") ? (id.split(":")[0] ?? id) : "everyday"
  );
  const sections = [...domains].toSorted(([a], [b]) => (a === "everyday" ? -1 : b === "everyday" ? 1 : a < b ? -1 : 1));
  const name = ({ id, definition }: Task): string => [id, ...(definition.aliases ?? [])].join(", ");
  return [
    ...(width >= 50 ? banner.split("\n").slice(1, -1) : []),
    `konductor ${version}`,
    "",
    "  k TASK [TASK…] [flags] [arguments]   run tasks and what they need",
    "  k TASK --help                        what a task takes",
    "  k TASK -- ARGUMENT…                  hand arguments on untouched",
    ...sections.flatMap(([domain, own]) => [
      "",
      `${domain}:`,
      ...columnsOf(
        own.map((task) => [name(task), task.definition.summary]),
        width
      ),
    ]),
    "",
    "Flags:",
    ...columnsOf(flagRows(globalFlags), width),
    "",
  ].join("\n");
}
