import type { Task } from "../core/task.ts";
import type { Style } from "../render/style.ts";
import { globalFlags } from "./global-flags.ts";
import { flagRows } from "./help.ts";
import { columnsOf } from "./text-columns.ts";

const banner = String.raw`
 _                   _            _
| | _____  _ __   __| |_   _  ___| |_ ___  _ __
| |/ / _ \| '_ \ / _' | | | |/ __| __/ _ \| '__|
|   < (_) | | | | (_| | |_| | (__| || (_) | |
|_|\_\___/|_| |_|\__,_|\__,_|\___|\__\___/|_|
`;

const calls: readonly (readonly [string, string])[] = [
  ["k", "find a task and run it"],
  ["k TASK [TASK…] [flags] [arguments]", "run tasks and what they need"],
  ["k TASK --help", "what a task takes, with examples"],
  ["k TASK -- ARGUMENT…", "hand arguments on untouched"],
];

/** `k help`: how it is called, every task by domain, and the flags of the runner. */
export function overview(tasks: readonly Task[], version: string, width: number, style: Style): string {
  const shown = tasks.filter(({ definition }) => definition.hidden !== true);
  return [
    ...(width >= 50 ? banner.split("\n").slice(1, -1) : []),
    `konductor ${version}`,
    "",
    ...columnsOf(calls, width, { paint: style.strong }),
    ...domainsOf(shown).flatMap(([domain, own]) => [
      "",
      style.strong(`${domain}:`),
      ...columnsOf(
        own.map((task) => [namesOf(task), task.definition.summary]),
        width,
        { paint: style.note }
      ),
    ]),
    "",
    style.strong("Flags:"),
    ...columnsOf(flagRows(globalFlags), width, { paint: style.note }),
    "",
  ].join("\n");
}

/** The first part of a name is its domain where others share it; what stands alone is for every day, and comes first. */
function domainsOf(tasks: readonly Task[]): readonly (readonly [string, readonly Task[]])[] {
  const domains = Map.groupBy(tasks, ({ id }) => id.split(":")[0] ?? id);
  const shared = [...domains].filter(([, own]) => own.length > 1).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const alone = [...domains].flatMap(([, own]) => (own.length > 1 ? [] : own));
  return [...(alone.length === 0 ? [] : [["everyday", alone] as const]), ...shared];
}

/** A name with its short aliases: the long ones are for those who look for them. */
function namesOf({ id, definition }: Task): string {
  const short = (definition.aliases ?? []).filter((alias: string) => !alias.includes(":"));
  return [id, ...short].join(", ");
}
