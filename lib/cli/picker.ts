import { type ExitCode, exitCodes, stopSignals } from "../core/exit-code.ts";
import type { ArgSpec, ArgSpecs } from "../core/flag.ts";
import type { Task } from "../core/task.ts";
import { quoteForBash } from "../completion/dequote.ts";
import { pick } from "../picker/pick.ts";
import type { Entry } from "../picker/rank.ts";
import { createStyle } from "../render/style.ts";
import { type Io, wantsColour } from "./io.ts";
import { ownKeyboard } from "./keyboard.ts";
import type { Opened } from "./open-project.ts";
import { recentTasks } from "./recent-tasks.ts";

export type Picked =
  | { readonly ok: true /** All that stands behind `k`. */; readonly argv: readonly string[] }
  | { readonly ok: false; readonly exitCode: ExitCode };

/** Lets the user find a task, asks for what it must have, and says the command that this is. */
export async function pickCommand(opened: Opened, io: Io): Promise<Picked> {
  const style = createStyle(
    wantsColour(io, { color: undefined, noColor: io.argv.includes("--no-color") ? true : undefined })
  );
  const words: string[] = [];
  for (let isCommand = true; isCommand; ) {
    const keyboard = ownKeyboard(io);
    const chosen = await pick(entriesOf(opened, io, words.length > 0), keyboard, style);
    const task = chosen === undefined ? undefined : opened.catalog.resolve(chosen.name);
    if (task === undefined) {
      const { stoppedBy } = keyboard;
      return { ok: false, exitCode: stoppedBy === undefined ? exitCodes.interrupted : stopSignals[stoppedBy] };
    }
    const values = await askAll(task, opened, io);
    if (values === undefined) {
      return { ok: false, exitCode: exitCodes.interrupted };
    }
    words.push(task.id, ...values);
    isCommand = task.definition.takesCommand === "of-k";
  }
  const argv = [...io.argv, ...words];
  io.err(`${style.dim(`$ k ${argv.map((word) => quoteForBash(word, undefined)).join(" ")}`)}\n`);
  return { ok: true, argv };
}

/** What was run last comes first. */
function entriesOf({ catalog, project }: Opened, { env }: Io, isInner: boolean): readonly Entry[] {
  const tasks = catalog
    .all()
    .filter(({ definition }) => definition.hidden !== true && !(isInner && definition.takesCommand === "of-k"));
  const recent = recentTasks(env, project.root).flatMap((name) => tasks.find(({ id }) => id === name) ?? []);
  return [...new Set([...recent, ...tasks])].map(({ id, definition }) => ({
    name: id,
    aliases: definition.aliases ?? [],
    summary: definition.summary,
  }));
}

/** A value for each argument that there must be; `undefined` where the user leaves. */
async function askAll(task: Task, opened: Opened, io: Io): Promise<readonly string[] | undefined> {
  const values: string[] = [];
  for (const [name, spec] of Object.entries((task.definition.args ?? {}) as ArgSpecs)) {
    if (spec.required !== true) {
      break;
    }
    const value = await askOne(name, spec, opened, io);
    if (value === undefined) {
      return undefined;
    }
    values.push(...(spec.variadic === true ? value.split(/\s+/) : [value]));
  }
  return values;
}

/** The longest list that is shown to choose from; of more, the user knows the name better. */
const mostOptions = 50;

async function askOne(name: string, spec: ArgSpec, opened: Opened, io: Io): Promise<string | undefined> {
  const { isCancel, select, text } = await import("@clack/prompts");
  const message = `${name}: ${spec.summary}`;
  const options = await optionsOf(spec, opened, io);
  const common = { message, output: process.stderr };
  const answer: unknown =
    options.length > 0
      ? await select<string>({ ...common, options: [...options], maxItems: Math.max(3, io.rows() - 6) })
      : await text({ ...common, validate: (value) => ((value ?? "").trim() === "" ? "it must have one" : undefined) });
  return isCancel(answer) || typeof answer !== "string" ? undefined : answer.trim();
}

interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** What the argument's completion would offer, where that is a list of names. */
async function optionsOf({ choices, complete }: ArgSpec, opened: Opened, io: Io): Promise<readonly Option[]> {
  if (choices !== undefined) {
    return choices.map((value) => ({ value, label: value }));
  }
  if (complete === undefined || complete === "file" || complete === "folder") {
    return [];
  }
  const { valuesFrom } = await import("../completion/source.ts");
  const { catalog, home, cwd } = opened;
  const tasks = { resolve: (word: string) => catalog.resolve(word), all: () => catalog.all() };
  const found = await valuesFrom(complete, { env: io.env, home, cwd, tasks }, "");
  return found.length > mostOptions
    ? []
    : found.map(({ value, description }) => ({
        value,
        label: value,
        ...(description === undefined ? {} : { hint: description }),
      }));
}
