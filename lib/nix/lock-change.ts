import { dayOf, daysBetween, type FlakeInput, type FlakeLock } from "./flake-lock.ts";

/** One direct input before and after; undefined where it was not there, or no longer is. */
export interface InputChange {
  readonly name: string;
  readonly before: FlakeInput | undefined;
  readonly after: FlakeInput | undefined;
  readonly changed: boolean;
}

/** By name; those that stay as they are too. */
export function lockChanges(before: FlakeLock, after: FlakeLock): readonly InputChange[] {
  const old = inputsOf(before);
  const fresh = inputsOf(after);
  return [...new Set([...old.keys(), ...fresh.keys()])].toSorted().map((name) => {
    const [was, is] = [old.get(name), fresh.get(name)];
    return { name, before: was, after: is, changed: stateOf(was) !== stateOf(is) };
  });
}

function inputsOf(lock: FlakeLock): ReadonlyMap<string, FlakeInput> {
  return new Map(lock.state === "read" ? lock.inputs.map((input) => [input.name, input]) : []);
}

function stateOf(input: FlakeInput | undefined): string | undefined {
  return input === undefined ? undefined : `${input.from} ${input.revision ?? input.hash ?? ""}`;
}

/** A table: where each input stood and stands, and how old that is in days. */
export function changeTable(changes: readonly InputChange[], now: number): string {
  if (changes.length === 0) {
    return "the flake has no inputs\n";
  }
  const rows = changes.map(({ name, before, after, changed }) => [
    name,
    before === undefined ? "new" : shown(before),
    changed ? "->" : "==",
    after === undefined ? "gone" : changed ? shown(after) : "unchanged",
    after?.modified === undefined ? "" : age(daysBetween(after.modified, now)),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => `${line.trimEnd()}\n`)
    .concat(`${changes.filter(({ changed }) => changed).length} of ${changes.length} changed\n`)
    .join("");
}

/** `2026-01-02 0123456`; of what has no revision, such as a path, the first letters of its hash. */
function shown({ modified, revision, hash }: FlakeInput): string {
  const day = modified === undefined ? undefined : dayOf(modified);
  const state = revision?.slice(0, 7) ?? hash?.replace(/^sha256-/, "").slice(0, 7);
  return [day, state].filter((part) => part !== undefined).join(" ");
}

function age(days: number): string {
  return days === 0 ? "today" : days === 1 ? "1 day old" : `${days} days old`;
}

/** The same as data; days as `2026-01-02`. */
export function changesJson(changes: readonly InputChange[]): string {
  const state = (input: FlakeInput | undefined): object | null =>
    input === undefined
      ? null
      : {
          from: input.from,
          revision: input.revision ?? null,
          hash: input.hash ?? null,
          date: input.modified === undefined ? null : dayOf(input.modified),
        };
  const inputs = changes.map(({ name, before, after, changed }) => ({
    name,
    changed,
    before: state(before),
    after: state(after),
  }));
  return `${JSON.stringify({ version: 1, inputs }, null, 2)}\n`;
}
