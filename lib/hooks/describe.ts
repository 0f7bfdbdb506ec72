import type { Config } from "../config/config.ts";
import type { Hook, HookName, Job, NamedJob } from "../core/hook.ts";
import type { Problem } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
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
export function showHooks(hooks: readonly Hook[], config: Pick<Config, "hooks" | "jobs">): string {
  return hooks
    .map(({ name, summary, jobs }) => {
      const width = Math.max(0, ...jobs.map((job) => job.name.length));
      const lines = jobs.map((job) => `  ${job.name.padEnd(width)}  ${jobWords(job, config)}\n`);
      return `${name}: ${summary}\n${lines.join("")}`;
    })
    .join("\n");
}

function jobWords(named: NamedJob, config: Pick<Config, "hooks" | "jobs">): string {
  const { job, origin } = named;
  const notes = [
    actionOf(job),
    ...((job.tags ?? []).length === 0 ? [] : [`tags ${job.tags?.join(", ")}`]),
    ...(origin === "project" ? ["this project's"] : []),
    ...(isOff(named, config) ? ["off"] : []),
  ];
  return `${summaryOf(job)} (${notes.join("; ")})`.trimStart();
}

function isOff({ name, job }: NamedJob, { hooks, jobs }: Pick<Config, "hooks" | "jobs">): boolean {
  const skipped = hooks.skip.some((word) => word === name || job.tags?.includes(word) === true);
  return skipped || !(jobs[name]?.enabled ?? job.enabled ?? true);
}

/** The same as JSON with a version. */
export function hooksJson(hooks: readonly Hook[], config: Pick<Config, "hooks" | "jobs">): string {
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
      off: isOff(named, config),
      origin: named.origin,
      file: named.file,
    })),
  }));
  return `${JSON.stringify({ version: 1, hooks: shown }, null, 2)}\n`;
}

/** Names in the config that no job and no tag has. */
export function misnamed(hooks: readonly Hook[], config: Pick<Config, "hooks" | "jobs">): readonly Problem[] {
  const names = [...new Set(hooks.flatMap(({ jobs }) => jobs.map(({ name }) => name)))];
  const tags = [...new Set(hooks.flatMap(({ jobs }) => jobs.flatMap(({ job }) => job.tags ?? [])))];
  const complain = (where: string, word: string, known: readonly string[]): Problem => {
    const near = nearest(word, known);
    const hint = near === undefined ? "`k hooks list` names them all" : `did you mean ${near}?`;
    return {
      kind: "wrong-use",
      message: `${where}: no job${known === names ? "" : " and no tag"} is called ${word}`,
      hint,
    };
  };
  return [
    ...config.hooks.skip
      .filter((word) => !names.includes(word) && !tags.includes(word))
      .map((word) => complain("hooks.skip", word, [...names, ...tags])),
    ...Object.keys(config.jobs)
      .filter((word) => !names.includes(word))
      .map((word) => complain(`[jobs.${word}]`, word, names)),
  ];
}

/** Hooks that have something to do, and so are worth a process at each of their events. */
export function usedHooks(hooks: readonly Hook[], config: Pick<Config, "hooks" | "jobs">): readonly HookName[] {
  return hooks.filter(({ jobs }) => jobs.some((named) => !isOff(named, config))).map(({ name }) => name);
}
