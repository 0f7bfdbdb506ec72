import type { Origin } from "../config/config.ts";
import type { Hook, NamedJob } from "../core/hook.ts";
import type { Place, Problem } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import type { HookSettings, JobSettings, OriginOf } from "./configure.ts";

const actions = ["command", "tool", "format", "task"] as const;
const ofCommands = ["mend", "folder", "env", "stdin", "interactive", "files_from"] as const;
const programs = ["command", "mend", "files_from", "skip_if", "only_if"] as const;

/** What one job's settings say against each other: no hook with such a job can run. */
export function actionFaults({ jobs, originOf }: HookSettings): readonly Problem[] {
  return Object.entries(jobs).flatMap(([name, settings]) => {
    const [first, second] = actions.filter((action) => settings[action] !== undefined);
    const both =
      second === undefined
        ? []
        : [
            at(
              `jobs.${name}.${second}`,
              `[jobs.${name}] has both \`${first}\` and \`${second}\`: one job does one thing`,
              originOf
            ),
          ];
    const empty = programs
      .filter((key) => settings[key] !== undefined && (settings[key][0] ?? "") === "")
      .map((key) =>
        at(`jobs.${name}.${key}`, `\`jobs.${name}.${key}\` is no list of a program and its arguments`, originOf)
      );
    return [...both, ...empty];
  });
}

/** All that is wrong with what `konductor.toml` says of hooks and jobs, once all hooks are known. */
export function settingFaults(hooks: readonly Hook[], settings: HookSettings): readonly Problem[] {
  const { originOf } = settings;
  const jobs = hooks.flatMap((hook) => hook.jobs);
  return [
    ...skipFaults(hooks, settings, originOf),
    ...Object.entries(settings.jobs).flatMap(([name, own]) => jobFaults(name, own, hooks, originOf)),
    ...hooks.flatMap((hook) => needFaults(hook, originOf)),
    ...jobs.flatMap((named) => oddKeys(named, settings.jobs[named.name], originOf)),
  ].filter((problem, index, all) => all.findIndex((other) => Bun.deepEquals(other, problem)) === index);
}

function skipFaults(hooks: readonly Hook[], { hooks: config }: HookSettings, originOf: OriginOf): readonly Problem[] {
  const lists = [
    { key: "hooks.skip", words: config.skip, over: hooks },
    ...hooks.map((hook) => ({
      key: `hooks.${hook.name}.skip`,
      words: config[hook.name]?.skip ?? [],
      over: [hook],
    })),
  ];
  return lists.flatMap(({ key, words, over }) => {
    const known = over.flatMap(({ jobs }) => jobs.flatMap(({ name, job }) => [name, ...(job.tags ?? [])]));
    return words
      .filter((word) => !known.includes(word))
      .map((word) => at(key, `${key}: no job and no tag is called ${word}`, originOf, meant(word, known)));
  });
}

function jobFaults(
  name: string,
  settings: JobSettings,
  hooks: readonly Hook[],
  originOf: OriginOf
): readonly Problem[] {
  const holders = hooks.filter(({ jobs }) => jobs.some((job) => job.name === name)).map((hook) => hook.name);
  const isUntrusted = actions.some(
    (key) => settings[key] === undefined && originOf(`jobs.${name}.${key}`).kind === "file"
  );
  const [key = "enabled"] = Object.keys(settings).filter((one) => originOf(`jobs.${name}.${one}`).kind !== "default");
  if (isUntrusted) {
    return [];
  }
  const missing = (settings.hooks ?? []).filter((hook) => !holders.includes(hook));
  if (settings.hooks !== undefined && missing.length > 0) {
    const what = `[jobs.${name}]: ${missing.join(" and ")} ${missing.length === 1 ? "has" : "have"} no such job`;
    return [at(`jobs.${name}.hooks`, what, originOf, `say what it does: one of ${actions.join(", ")}`)];
  }
  const known = hooks.flatMap(({ jobs }) => jobs.map((job) => job.name));
  return holders.length > 0
    ? []
    : [at(`jobs.${name}.${key}`, `[jobs.${name}]: no job is called ${name}`, originOf, meant(name, known))];
}

function needFaults({ name: hook, jobs }: Hook, originOf: OriginOf): readonly Problem[] {
  const names = jobs.map(({ name }) => name);
  const needs = new Map(jobs.map(({ name, job }) => [name, job.needs ?? []]));
  return jobs.flatMap(({ name, job, file }) => {
    const complain = (message: string, hint?: string): Problem => {
      const origin = originOf(`jobs.${name}.needs`);
      const place: Place = origin.kind === "file" ? placeOf(origin) : { file };
      return { kind: "config", place, message, ...(hint === undefined ? {} : { hint }) };
    };
    const unknown = (job.needs ?? []).filter((need) => !names.includes(need));
    const circle = circleFrom(name, needs);
    return [
      ...unknown.map((need) => complain(`${hook}: job ${name} needs ${need}, and there is none`, meant(need, names))),
      ...(circle === undefined ? [] : [complain(`${hook}: jobs need each other in a circle: ${circle.join(" → ")}`)]),
    ];
  });
}

/** Told once, by the job of the circle whose name comes first. */
function circleFrom(name: string, needs: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const walk = (path: readonly string[]): readonly string[] | undefined => {
    for (const next of needs.get(path.at(-1) ?? "") ?? []) {
      if (next === name) {
        return [...path, name];
      }
      const found = path.includes(next) ? undefined : walk([...path, next]);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  };
  const circle = walk([name]);
  return circle?.every((other) => other >= name) === true ? circle : undefined;
}

function oddKeys({ name, job }: NamedJob, settings: JobSettings | undefined, originOf: OriginOf): readonly Problem[] {
  if (settings === undefined || "command" in job) {
    return [];
  }
  return ofCommands
    .filter((key) => settings[key] !== undefined)
    .map((key) => at(`jobs.${name}.${key}`, `\`jobs.${name}.${key}\` says nothing: the job is no command`, originOf));
}

function at(key: string, message: string, originOf: OriginOf, hint?: string): Problem {
  const origin = originOf(key);
  const place =
    origin.kind === "file" ? placeOf(origin) : { file: origin.kind === "variable" ? origin.name : "konductor.toml" };
  return { kind: "config", place, message, ...(hint === undefined ? {} : { hint }) };
}

function placeOf({ file, line, column }: Origin & { kind: "file" }): Place {
  return { file, line, column };
}

function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? "`k hooks list` names them all" : `did you mean ${near}?`;
}
