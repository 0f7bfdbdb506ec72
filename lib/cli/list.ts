import type { ArgSpecs, FlagSpecs } from "../core/flag.ts";
import { needName } from "../core/plan.ts";
import { type Need, platforms, type Task } from "../core/task.ts";
import { locksWithoutFlags } from "../graph/task-locks.ts";
import { columnsOf } from "./text-columns.ts";

/** Says which built-in a project's task stands in for. */
export interface Overrides {
  overridden(id: Task["id"]): Task | undefined;
}

/** A line per task: its names, its summary, and whose it is where it is not `k`'s own. */
export function listText(tasks: readonly Task[], width: number): string {
  const rows = tasks.map(({ id, definition, origin }): readonly [string, string] => [
    [id, ...(definition.aliases ?? [])].join(", "),
    `${definition.summary}${origin === "project" ? " (this project's)" : ""}`,
  ]);
  return `${columnsOf(rows, width, { indent: 0 }).join("\n")}\n`;
}

/** All that a program needs to know of tasks: how they are called, what they need, and what they do to a machine. */
export function listJson(tasks: readonly Task[], overrides: Overrides): string {
  const shown = tasks.map(({ id, definition, origin, file }) => ({
    name: id,
    summary: definition.summary,
    description: definition.description,
    aliases: definition.aliases ?? [],
    arguments: Object.entries((definition.args ?? {}) as ArgSpecs).map(([name, spec]) => ({ name, ...spec })),
    flags: Object.entries((definition.flags ?? {}) as FlagSpecs).map(([name, spec]) => ({ name, ...spec })),
    takesCommand: definition.takesCommand ?? null,
    examples: definition.examples ?? [],
    group: definition.run === undefined,
    needs: (definition.needs ?? []).map(needName),
    // Those of them that get its flags and arguments.
    inherit: (definition.needs ?? []).filter((need: Need) => typeof need !== "string").map(needName),
    after: definition.after ?? [],
    requires: definition.requires ?? [],
    platforms: definition.platforms ?? platforms,
    // Where they depend on the flags, those of a call without any.
    locks: locksWithoutFlags(definition),
    tool: definition.tool,
    timeout: definition.timeout,
    retries: definition.retries ?? 0,
    interactive: definition.interactive === true,
    destructive: definition.confirm !== undefined,
    confirm: definition.confirm,
    onRequest: definition.onRequest === true,
    hidden: definition.hidden === true,
    origin,
    file,
    replaces: overrides.overridden(id)?.file,
  }));
  return `${JSON.stringify({ version: 1, tasks: shown }, null, 2)}\n`;
}
