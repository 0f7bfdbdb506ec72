import type { Config, Origin } from "../config/config.ts";
import type { FileKind } from "../core/file-kind.ts";
import type { CommandJob, Conditions, Hook, HookName, Job, NamedJob, Program } from "../core/hook.ts";

export type JobSettings = Config["jobs"][string];

/** Where a key of `konductor.toml` was set. */
export type OriginOf = (key: string) => Origin;

/** What `konductor.toml` says of hooks and jobs. */
export interface HookSettings extends Pick<Config, "hooks" | "jobs"> {
  readonly originOf: OriginOf;
}

type Action = Pick<CommandJob, "command"> | { tool: string } | { format: readonly FileKind[] } | { task: string };
type Common = Omit<Job, "tool" | "format" | "native" | "task" | "command" | "check">;

/** What `konductor.toml` has a job do, where it says so. */
export function actionOf({ command, tool, format, task }: JobSettings): Action | undefined {
  const [program, ...words] = command ?? [];
  if (program !== undefined) {
    return { command: [program, ...words] };
  }
  if (tool !== undefined) {
    return { tool };
  }
  if (format !== undefined) {
    return { format: format as readonly FileKind[] };
  }
  const [name, ...args] = (task ?? "").split(/\s+/).filter((word) => word !== "");
  return name === undefined ? undefined : { task: name, ...(args.length === 0 ? {} : { args }) };
}

/** A job that `konductor.toml` alone has; `file` (absolute) is where it stands. */
export function newJob(name: string, settings: JobSettings, file: string): NamedJob | undefined {
  const action = actionOf(settings);
  return action === undefined ? undefined : { name, job: action as Job, origin: "project", file, skip: [], only: [] };
}

/** Whether a job with these settings is of a hook that its file has it in, or that it is named for. */
export function isOf({ hooks }: JobSettings, hook: HookName): boolean {
  return hooks === undefined || hooks.includes(hook);
}

/** A hook with what `konductor.toml` says of it and of each of its jobs. */
export function configureHook(hook: Hook, { hooks, jobs }: HookSettings): Hook {
  const own = hooks[hook.name];
  const configured = hook.jobs
    .filter(({ name }) => jobs[name] === undefined || isOf(jobs[name], hook.name))
    .map((named) => (jobs[named.name] === undefined ? named : withSettings(named, jobs[named.name] as JobSettings)))
    .map((named) => (own === undefined ? named : ofHook(named, own)));
  return { ...hook, jobs: configured };
}

function withSettings(named: NamedJob, settings: JobSettings): NamedJob {
  const action = actionOf(settings);
  const isNew = action === undefined || sameAction(named.job, action);
  const base = isNew ? named.job : ({ ...commonOf(named.job), ...action } as Job);
  const { skip, only } = conditionsOf(settings);
  return {
    ...named,
    job: { ...base, ...replaced(base, settings) } as Job,
    skip: [...named.skip, ...skip],
    only: [...named.only, ...only],
  };
}

function sameAction(job: Job, action: Action): boolean {
  return Object.entries(action).every(([key, value]) =>
    Bun.deepEquals((job as object as Readonly<Record<string, unknown>>)[key], value)
  );
}

/** What of a job stays where another thing is done. */
function commonOf(job: Job): Common {
  const special = /^(tool|format|owner|native|task|args|command|mend|folder|env|filesFrom|stdin|interactive|check)$/;
  return Object.fromEntries(Object.entries(job).filter(([key]) => !special.test(key)));
}

function replaced(job: Job, settings: JobSettings): Readonly<Record<string, unknown>> {
  const { exclude, kinds, traits, files, tags, needs, fix, history, timeout, advice, summary } = settings;
  const isCommand = "command" in job;
  const fields = {
    ...{ files, kinds, traits, tags, needs, fix, history, timeout, advice, summary },
    wholeProject: settings.whole_project,
    exclude: exclude === undefined ? undefined : [...(job.exclude ?? []), ...exclude],
    ...(isCommand
      ? {
          mend: settings.mend,
          folder: settings.folder,
          stdin: settings.stdin,
          interactive: settings.interactive,
          filesFrom: settings.files_from,
          env: settings.env === undefined ? undefined : { ...job.env, ...assignments(settings.env) },
        }
      : {}),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

type HookTable = NonNullable<Config["hooks"][HookName]>;

function ofHook(named: NamedJob, settings: HookTable): NamedJob {
  const { exclude, timeout, fix, env } = settings;
  const { job } = named;
  const { skip, only } = conditionsOf(settings);
  const fields = {
    ...(exclude === undefined ? {} : { exclude: [...(job.exclude ?? []), ...exclude] }),
    ...(timeout === undefined || job.timeout !== undefined ? {} : { timeout }),
    ...(fix === undefined || job.fix !== undefined ? {} : { fix }),
    ...(env === undefined || !("command" in job) ? {} : { env: { ...assignments(env), ...job.env } }),
  };
  return { ...named, job: { ...job, ...fields }, skip: [...named.skip, ...skip], only: [...named.only, ...only] };
}

function assignments(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map((text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]));
}

type ConditionSettings = HookTable & Partial<Pick<JobSettings, "skip_if" | "only_if">>;

/** One set of conditions each: any of those that skip leaves a job out, all that it needs must hold. */
function conditionsOf(settings: Omit<ConditionSettings, "enabled" | "fix" | "exclude" | "timeout" | "env" | "skip">): {
  readonly skip: readonly Conditions[];
  readonly only: readonly Conditions[];
} {
  const skip = conditions(settings.skip_during, settings.skip_branches, settings.skip_env, settings.skip_if);
  const only = conditions(settings.only_during, settings.only_branches, settings.only_env, settings.only_if);
  return { skip: skip === undefined ? [] : [skip], only: only === undefined ? [] : [only] };
}

function conditions(
  during: Conditions["during"],
  branch: Conditions["branch"],
  env: Conditions["env"],
  run: readonly string[] | undefined
): Conditions | undefined {
  const all = {
    ...(during === undefined ? {} : { during }),
    ...(branch === undefined ? {} : { branch }),
    ...(env === undefined ? {} : { env }),
    ...(run === undefined || run.length === 0 ? {} : { run: run as Program }),
  };
  return Object.keys(all).length === 0 ? undefined : all;
}
