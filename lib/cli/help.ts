import type { ArgSpec, ArgSpecs, FlagSpec, FlagSpecs } from "../core/flag.ts";
import { needName } from "../core/plan.ts";
import type { Task } from "../core/task.ts";
import type { Style } from "../render/style.ts";
import { columnsOf, wrap } from "./text-columns.ts";

function argUsage(name: string, spec: ArgSpec): string {
  const shown = spec.variadic === true ? `${name}…` : name;
  return spec.required === true ? `<${shown}>` : `[${shown}]`;
}

function flagUsage(name: string, spec: FlagSpec): string {
  const value = spec.type === "boolean" ? "" : ` ${spec.value}`;
  return `${spec.short === undefined ? "    " : `-${spec.short}, `}--${name}${value}`;
}

function withChoices(spec: FlagSpec | ArgSpec): string {
  const choices = "choices" in spec && spec.choices !== undefined ? ` (${spec.choices.join(", ")})` : "";
  return `${spec.summary}${choices}`;
}

/** Each flag as it is typed, and what it does. */
export function flagRows(specs: FlagSpecs): readonly (readonly [string, string])[] {
  return Object.entries(specs)
    .filter(([, spec]) => spec.hidden !== true)
    .map(([name, spec]) => [flagUsage(name, spec), withChoices(spec)]);
}

/** `k TASK --help`: all of it from the definition. */
export function taskHelp({ id, definition, file, origin }: Task, width: number, style: Style): string {
  const args = Object.entries((definition.args ?? {}) as ArgSpecs);
  const flags = (definition.flags ?? {}) as FlagSpecs;
  const usage = [
    "k",
    id,
    ...(Object.values(flags).some(({ hidden }) => hidden !== true) ? ["[flags]"] : []),
    ...args.map(([name, spec]) => argUsage(name, spec)),
    ...(definition.takesCommand === "of-k" ? ["TASK [flags] [arguments]"] : []),
    ...(definition.takesCommand === "of-a-program" ? ["COMMAND [arguments]"] : []),
  ].join(" ");
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ["", style.strong(`${title}:`), ...lines];
  const list = (title: string, words: readonly string[]): readonly string[] =>
    section(title, words.length === 0 ? [] : wrap(words.join(", "), width - 2).map((line) => `  ${line}`));
  const columns = (rows: readonly (readonly [string, string])[]): readonly string[] =>
    columnsOf(rows, width, { paint: style.note });
  return [
    ...wrap(definition.summary, width),
    ...(definition.description === undefined ? [] : ["", ...wrap(definition.description, width)]),
    ...section(
      "Usage",
      wrap(usage, width - 4).map((line, index) => `${index === 0 ? "  " : "    "}${line}`)
    ),
    ...list("Aliases", definition.aliases ?? []),
    ...section("Arguments", columns(args.map(([name, spec]) => [argUsage(name, spec), withChoices(spec)]))),
    ...section("Flags", columns(flagRows(flags))),
    ...list("Runs before it", (definition.needs ?? []).map(needName)),
    ...list("Runs behind, if they run", definition.after ?? []),
    ...list("Must be there", definition.requires ?? []),
    ...list("Only on", definition.platforms ?? []),
    ...section("Asks first", definition.confirm === undefined ? [] : wrap(definition.confirm, width - 2).map(indented)),
    ...section("Examples", (definition.examples ?? []).map(indented)),
    "",
    ...wrap(`Flags of k itself: \`k help\`.${origin === "project" ? ` Defined in ${file}.` : ""}`, width),
    "",
  ].join("\n");
}

function indented(line: string): string {
  return `  ${line}`;
}
