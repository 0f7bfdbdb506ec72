import { show } from "../core/problem.ts";
import { asRun } from "./carry-out.ts";
import type { Machine } from "./machine.ts";
import type { Change, Look, Step } from "./step.ts";

/** A step and how it stands. */
export interface Seen {
  readonly step: Step;
  readonly look: Look;
}

const words: Readonly<Record<Look["status"], string>> = {
  done: "done ",
  open: "open ",
  ask: "open ",
  idle: "-    ",
  stuck: "stuck",
};

export const indent = "      ";

/** How a step stands, in lines of at most this many columns where words can be broken. */
export function showState({ step, look }: Seen, columns: number): string {
  const about = look.status === "stuck" ? show(look.problem).message : look.found;
  const hint = look.status === "stuck" ? show(look.problem).hint : look.status === "idle" ? look.hint : undefined;
  return [
    ...wrap(`${step.title} (${step.name})`, columns, `${words[look.status]} `, indent),
    ...wrap(about, columns, indent),
    ...(hint === undefined ? [] : wrap(`hint: ${hint}`, columns, indent)),
  ].join("\n");
}

/** All that a step would do: commands as they are run, files as a diff, where from and with which checksum. */
export async function showChanges(
  step: Pick<Step, "undo">,
  changes: readonly Change[],
  machine: Machine,
  columns: number
): Promise<string> {
  const shown = await Promise.all(changes.map((change) => showChange(change, machine)));
  return [...shown.flat(), ...wrap(`undo: ${step.undo}`, columns, indent)].join("\n");
}

async function showChange(change: Change, machine: Machine): Promise<readonly string[]> {
  switch (change.kind) {
    case "command":
      return [`${indent}run: ${asRun(change, machine).map(quoted).join(" ")}`];
    case "link":
      return [`${indent}link: ${change.path} → ${change.target}`];
    case "call":
      return change.lines.map((line) => `${indent}${line}`);
    case "file":
      return showFile(change);
  }
}

async function showFile({
  path,
  target,
  before,
  after,
  root,
}: Extract<Change, { kind: "file" }>): Promise<readonly string[]> {
  const { createTwoFilesPatch } = await import("diff");
  const from = before === undefined ? "/dev/null" : path;
  const patch = createTwoFilesPatch(from, path, before ?? "", after, "", "", { context: 2 }).replace(
    /^(Index: .*\n)?=+\n/,
    ""
  );
  const how = `${before === undefined ? "write" : "change"}${root === true ? ", as root" : ""}`;
  const follows = target === undefined ? "" : `, which is a link to ${target}`;
  const lines = patch
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => `${indent}${line}`.trimEnd());
  return [`${indent}${how}: ${path}${follows}`, ...lines];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Breaks at blanks; a word that is longer than the line stays whole. */
export function wrap(text: string, columns: number, first: string, rest: string = first): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/)) {
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

/** The states as data; `changes` are those of steps that are open. */
export function statesJson(seen: readonly Seen[], machine: Machine): string {
  const steps = seen.map(({ step, look }) => ({
    name: step.name,
    title: step.title,
    scope: step.scope,
    status: look.status,
    found: look.status === "stuck" ? show(look.problem).message : look.found,
    changes: look.status === "open" ? look.changes.map((change) => changeJson(change, machine)) : [],
    undo: step.undo,
  }));
  return `${JSON.stringify({ version: 1, steps }, null, 2)}\n`;
}

function changeJson(change: Change, machine: Machine): object {
  switch (change.kind) {
    case "command":
      return { kind: "command", argv: asRun(change, machine) };
    case "call":
      return { kind: "call", lines: change.lines };
    case "link":
      return { kind: "link", path: change.path, target: change.target };
    case "file":
      return { kind: "file", path: change.path, before: change.before ?? null, after: change.after };
  }
}
