import type { ArgSpecs, FlagSpecs } from "../core/flag.ts";
import { needName } from "../core/plan.ts";
import type { Task } from "../core/task.ts";
import { columnsOf } from "./help.ts";

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
  return `${columnsOf(rows, width, 0).join("\n")}\n`;
}

/** All that a program needs to call tasks: names, arguments, flags, needs. */
export function listJson(tasks: readonly Task[], overrides: Overrides): string {
  const shown = tasks.map(({ id, definition, origin, file }) => ({
    name: id,
    summary: definition.summary,
    aliases: definition.aliases ?? [],
    arguments: Object.entries((definition.args ?? {}) as ArgSpecs).map(([name, spec]) => ({ name, ...spec })),
    flags: Object.entries((definition.flags ?? {}) as FlagSpecs).map(([name, spec]) => ({ name, ...spec })),
    needs: (definition.needs ?? []).map(needName),
    interactive: definition.interactive === true,
    destructive: definition.confirm !== undefined,
    onRequest: definition.onRequest === true,
    origin,
    file,
    ...(overrides.overridden(id) === undefined ? {} : { replaces: overrides.overridden(id)?.file }),
  }));
  return `${JSON.stringify({ version: 1, tasks: shown }, null, 2)}\n`;
}
