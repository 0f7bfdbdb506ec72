import type { Config } from "../config/config.ts";
import type { FileKind } from "../core/file-kind.ts";
import type { Hook, Job, NamedJob } from "../core/hook.ts";
import type { Tool } from "../core/tool.ts";
import { type FileEntry, kindsOf } from "../lint/classify.ts";
import { filesOf, globTest } from "../lint/select.ts";
import { type RepositoryState, whyNot } from "./conditions.ts";

/** What the user wants of one run. */
export interface Wishes {
  /** Only these jobs; empty for all. */
  readonly jobs: readonly string[];
  /** Only jobs with one of these tags; empty for all. */
  readonly tags: readonly string[];
  /** Not these jobs, by name or tag: of `K_SKIP`. */
  readonly skip: readonly string[];
  /** Globs of files that no job looks at. */
  readonly exclude: readonly string[];
  /** Whether jobs mend what they can; what the config says where it is not given. */
  readonly fix: boolean | undefined;
}

export interface Situation {
  readonly state: RepositoryState;
  readonly config: Pick<Config, "hooks" | "jobs" | "format" | "lint" | "tools">;
  readonly tools: ReadonlyMap<string, Tool>;
  /** False where nothing can be mended: what is pushed is committed already. */
  readonly mendable: boolean;
}

export interface SelectedJob extends NamedJob {
  /** In the order of the entries; empty for a job that looks at no files. */
  readonly entries: readonly FileEntry[];
  /** It mends now. */
  readonly fix: boolean;
  /** It can do more than complain. */
  readonly canMend: boolean;
  readonly wholeProject: boolean;
  /** It looks at no content at all. */
  readonly isOnce: boolean;
  /** In seconds. */
  readonly timeout: number | undefined;
  /** Jobs that may change a file of its own: it starts when they ended. */
  readonly waitsFor: readonly string[];
}

export interface LeftOutJob {
  readonly name: string;
  readonly why: string;
  /** It has nothing to look at, which is worth no word. */
  readonly idle: boolean;
}

export interface Selection {
  readonly jobs: readonly SelectedJob[];
  readonly leftOut: readonly LeftOutJob[];
}

/** The files that a hook is about; `past` are those of `JobCommon.history`. */
export interface HookEntries {
  readonly now: readonly FileEntry[];
  readonly past: readonly FileEntry[];
}

/**
 * Which jobs of a hook run over which files, and why the others do not. A job that mends holds what it may write: those
 * behind it that look at one of its files wait, and those that only look wait for all that mend.
 */
export function selectJobs(hook: Hook, files: HookEntries, wishes: Wishes, situation: Situation): Selection {
  const excluded = globTest(wishes.exclude);
  const [now, past] = [files.now, files.past].map((entries) => entries.filter(({ path }) => !excluded(path)));
  const leftOut: LeftOutJob[] = [];
  const chosen: Omit<SelectedJob, "waitsFor">[] = [];
  for (const named of hook.jobs) {
    const why = whyOff(named, wishes, situation);
    const visible = named.job.history === true ? [...(now ?? []), ...(past ?? [])] : (now ?? []);
    const own = why === undefined ? entriesOf(named, visible, situation) : [];
    if (why !== undefined) {
      leftOut.push({ name: named.name, why, idle: false });
    } else if (own.length === 0 && needsFiles(named.job, hook)) {
      leftOut.push({ name: named.name, why: "no files", idle: true });
    } else {
      chosen.push(settle(named, own, needsFiles(named.job, hook), wishes, situation));
    }
  }
  return { jobs: withOrder(chosen), leftOut };
}

/** Why a job does not run whatever the files are. Asked for by name, it runs although the config has it off. */
function whyOff(
  { name, job, skip, only }: NamedJob,
  wishes: Wishes,
  { state, config, tools }: Situation
): string | undefined {
  const tags = job.tags ?? [];
  const isNamed = (words: readonly string[]): boolean => words.some((word) => word === name || tags.includes(word));
  if (wishes.jobs.length > 0 && !wishes.jobs.includes(name)) {
    return "not asked for by --job";
  }
  if (wishes.tags.length > 0 && !wishes.tags.some((tag) => tags.includes(tag))) {
    return "not asked for by --tag";
  }
  if (isNamed(wishes.skip)) {
    return "K_SKIP says so";
  }
  const own = config.jobs[name];
  if (!wishes.jobs.includes(name)) {
    if (isNamed(config.hooks.skip)) {
      return "`hooks.skip` says so";
    }
    if (own?.enabled === false) {
      return `turned off in [jobs.${name}]`;
    }
    if (job.enabled === false && own?.enabled !== true) {
      return `off unless [jobs.${name}] turns it on`;
    }
    const idle = own?.enabled === true ? undefined : idleTool(job, { config, tools });
    if (idle !== undefined) {
      return `off unless \`lint.enable\` names ${idle}`;
    }
  }
  const given = {
    skip: [...skip, ...(job.skip === undefined ? [] : [job.skip])],
    only: [...only, ...(job.only === undefined ? [] : [job.only])],
  };
  const skipBranches = [...config.hooks.skip_branches, ...(own?.skip_branches ?? [])];
  if (skipBranches.length > 0) {
    given.skip.push({ branch: skipBranches });
  }
  return whyNot(given, state);
}

/** The tool of a job that no linter's run takes unless it is asked for, where nobody does. */
function idleTool(job: Job, { config, tools }: Pick<Situation, "config" | "tools">): string | undefined {
  if (!("tool" in job) || tools.get(job.tool)?.onRequest !== true) {
    return undefined;
  }
  const isOn = config.lint.enable.includes(job.tool) || config.tools[job.tool]?.enabled === true;
  return isOn ? undefined : job.tool;
}

/** Jobs that look at nothing run all the same: those without globs, in a hook that has no files, and whole tasks. */
function needsFiles(job: Job, { looksAt }: Hook): boolean {
  if (looksAt === "nothing" || looksAt === "message") {
    return false;
  }
  return "tool" in job || "format" in job || "native" in job || job.files !== undefined || usesFiles(job);
}

function usesFiles(job: Job): boolean {
  return "command" in job && [...job.command, ...(job.mend ?? [])].some((word) => word.includes("{files}"));
}

function entriesOf(
  { name, job }: NamedJob,
  entries: readonly FileEntry[],
  { config, tools }: Situation
): readonly FileEntry[] {
  const excluded = globTest([...(job.exclude ?? []), ...(config.jobs[name]?.exclude ?? [])]);
  const included = job.files === undefined ? undefined : globTest(job.files);
  const fits = (path: string): boolean => (included === undefined || included(path)) && !excluded(path);
  if ("tool" in job) {
    const tool = tools.get(job.tool);
    return tool === undefined ? [] : filesOf(tool, entries, (path) => !fits(path));
  }
  const own = entries.filter(({ path }) => fits(path));
  if ("native" in job) {
    return own;
  }
  if ("format" in job) {
    return formatted(job, own, config.format.owners);
  }
  const below = "command" in job && job.folder !== undefined ? `${job.folder.replace(/\/+$/, "")}/` : "";
  // A link leads to what another entry is, or to what is no part of the commit.
  return own.filter(({ path, mode }) => mode !== "symlink" && path.startsWith(below));
}

function formatted(
  { format, owner }: Job & { format: readonly FileKind[]; owner?: string },
  entries: readonly FileEntry[],
  owners: Readonly<Record<string, string>>
): readonly FileEntry[] {
  const kinds = new Set(format.filter((kind) => owner === undefined || owners[kind] === owner));
  return entries.filter(
    ({ kind, mode, binary, generated }) =>
      mode !== "symlink" && !binary && !generated && kindsOf(kind).some((one) => kinds.has(one))
  );
}

function settle(
  named: NamedJob,
  entries: readonly FileEntry[],
  takesFiles: boolean,
  wishes: Wishes,
  situation: Situation
): Omit<SelectedJob, "waitsFor"> {
  const { name, job } = named;
  const own = situation.config.jobs[name];
  // In the middle of a merge or a rebase a person resolved files by hand: no fixer undoes that unless told to.
  const usual = situation.state.during.length === 0 && (own?.fix ?? job.fix ?? situation.config.hooks.fix);
  const canMend = mends(job, situation.tools);
  const wholeProject = job.wholeProject ?? readsAll(job, situation.tools);
  return {
    ...named,
    entries,
    fix: (wishes.fix ?? usual) && situation.mendable && canMend,
    canMend,
    wholeProject,
    isOnce: !takesFiles && !wholeProject,
    timeout: own?.timeout ?? job.timeout,
  };
}

function readsAll(job: Job, tools: ReadonlyMap<string, Tool>): boolean {
  if ("command" in job) {
    return !usesFiles(job);
  }
  const tool = "tool" in job ? tools.get(job.tool) : undefined;
  return "task" in job || tool?.scope === "project" || tool?.readsOthers === true;
}

function mends(job: Job, tools: ReadonlyMap<string, Tool>): boolean {
  if ("format" in job || "native" in job) {
    return true;
  }
  if ("command" in job) {
    return job.mend !== undefined;
  }
  const tool = "tool" in job ? tools.get(job.tool) : undefined;
  return tool !== undefined && tool.scope === "files" && (tool.module === true || tool.fix !== undefined);
}

function withOrder(jobs: readonly Omit<SelectedJob, "waitsFor">[]): readonly SelectedJob[] {
  const menders = jobs
    .filter(({ fix }) => fix)
    .map(({ name, entries }) => ({ name, paths: new Set(entries.map(({ path }) => path)) }));
  let seen = 0;
  return jobs.map((job) => {
    const before = job.fix ? menders.slice(0, seen) : menders;
    if (job.fix) {
      seen += 1;
    }
    const shares = (paths: ReadonlySet<string>): boolean =>
      job.wholeProject || job.entries.some(({ path }) => paths.has(path));
    return { ...job, waitsFor: before.filter(({ paths }) => shares(paths)).map(({ name }) => name) };
  });
}

/** A selection in words, a line per job. */
export function showSelection({ jobs, leftOut }: Selection): string {
  const lines = [
    ...jobs.map(({ name, entries, fix, wholeProject, waitsFor }) => {
      const notes = [
        ...(entries.length === 0 ? [] : [`${entries.length} ${entries.length === 1 ? "file" : "files"}`]),
        ...(wholeProject ? ["sees the whole project"] : []),
        ...(fix ? ["mends"] : []),
        ...(waitsFor.length === 0 ? [] : [`after ${waitsFor.join(", ")}`]),
      ];
      return notes.length === 0 ? name : `${name}  (${notes.join("; ")})`;
    }),
    ...leftOut.map(({ name, why }) => `${name}  does not run: ${why}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
