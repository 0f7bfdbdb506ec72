import type { Hook, HookName, Job, NamedJob } from "../core/hook.ts";
import type { HookSettings } from "./configure.ts";
import { toolNamed } from "../tools/index.ts";

/** What a job does, in a few words. */
export function actionOf(job: Job): string {
  if ("tool" in job) {
    return job.tool;
  }
  if ("format" in job) {
    return job.owner ?? "the formatters that own its files";
  }
  if ("native" in job) {
    return "k itself";
  }
  if ("task" in job) {
    return `k ${[job.task, ...(job.args ?? [])].join(" ")}`;
  }
  return "command" in job ? job.command.join(" ") : "a function";
}

function summaryOf(job: Job): string {
  return (
    job.summary ??
    ("tool" in job ? toolNamed(job.tool).summary : "format" in job ? "Finds files that are not formatted" : "")
  );
}

/** Hooks and their jobs, a line each. */
export function showHooks(hooks: readonly Hook[], config: HookSettings): string {
  return hooks
    .map(({ name, summary, jobs }) => {
      const width = Math.max(0, ...jobs.map((job) => job.name.length));
      const lines = jobs.map((job) => `  ${job.name.padEnd(width)}  ${jobWords(job, name, config)}\n`);
      return `${name}: ${summary}\n${lines.join("")}`;
    })
    .join("\n");
}

function jobWords(named: NamedJob, hook: HookName, config: HookSettings): string {
  const { job, origin } = named;
  const notes = [
    actionOf(job),
    ...((job.tags ?? []).length === 0 ? [] : [`tags ${job.tags?.join(", ")}`]),
    ...(origin === "project" ? ["this project's"] : []),
    ...(isOff(named, hook, config) ? ["off"] : []),
  ];
  return `${summaryOf(job)} (${notes.join("; ")})`.trimStart();
}

function isOff({ name, job }: NamedJob, hook: HookName, { hooks, jobs }: HookSettings): boolean {
  const words = [...hooks.skip, ...(hooks[hook]?.skip ?? [])];
  const skipped = words.some((word) => word === name || job.tags?.includes(word) === true);
  return skipped || hooks[hook]?.enabled === false || !(jobs[name]?.enabled ?? job.enabled ?? true);
}

/** The same as JSON with a version. */
export function hooksJson(hooks: readonly Hook[], config: HookSettings): string {
  const shown = hooks.map(({ name, summary, looksAt, jobs }) => ({
    name,
    summary,
    looksAt,
    jobs: jobs.map((named) => ({
      name: named.name,
      summary: summaryOf(named.job),
      action: actionOf(named.job),
      files: named.job.files ?? [],
      exclude: named.job.exclude ?? [],
      tags: named.job.tags ?? [],
      off: isOff(named, name, config),
      origin: named.origin,
      file: named.file,
    })),
  }));
  return `${JSON.stringify({ version: 1, hooks: shown }, null, 2)}\n`;
}

/** Hooks that have something to do, and so are worth a process at each of their events. */
export function usedHooks(hooks: readonly Hook[], config: HookSettings): readonly HookName[] {
  return hooks.filter(({ name, jobs }) => jobs.some((named) => !isOff(named, name, config))).map(({ name }) => name);
}
