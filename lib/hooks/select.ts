import type { Hook, Job, NamedJob } from "../core/hook.ts";
import type { Tool } from "../core/tool.ts";
import type { FileEntry } from "../lint/classify.ts";
import { globTest } from "../lint/select.ts";
import { whyNot } from "./conditions.ts";
import { entriesOf, listOf, needsFiles, usesFiles } from "./job-files.ts";
import { type Chosen, withOrder } from "./order.ts";
import type { HookEntries, LeftOutJob, Selection, Situation, Wishes } from "./selection.ts";

/**
 * Which jobs of a hook run over which files, and why the others do not. A job that mends holds what it may write: those
 * behind it that look at one of its files wait, and those that only look wait for all that mend.
 */
export function selectJobs(hook: Hook, files: HookEntries, wishes: Wishes, situation: Situation): Selection {
  const excluded = globTest(wishes.exclude);
  const [now, past] = [files.now, files.past].map((entries) =>
    wishes.exclude.length === 0 ? entries : entries.filter(({ path }) => !excluded(path))
  );
  const leftOut: LeftOutJob[] = [];
  const chosen: Chosen[] = [];
  for (const named of hook.jobs) {
    const { name, job } = named;
    const why = whyOff(hook, named, wishes, situation);
    const visible = job.history === true ? [...(now ?? []), ...(past ?? [])] : (now ?? []);
    const listed = listOf(named, situation);
    const own = why === undefined && listed !== "unknown" ? entriesOf(named, listed ?? visible, situation) : [];
    if (why !== undefined) {
      leftOut.push({ name, why, idle: false });
    } else if (own.length === 0 && needsFiles(job, hook) && listed !== "unknown") {
      leftOut.push({ name, why: "no files", idle: true });
    } else {
      chosen.push(settle(named, own, needsFiles(job, hook), wishes, situation));
    }
  }
  return { jobs: withOrder(chosen), leftOut };
}

/** Why a job does not run whatever the files are. Asked for by name, it runs although the config has it off. */
function whyOff(
  hook: Hook,
  { name, job, skip, only }: NamedJob,
  wishes: Wishes,
  { state, config, tools, hasTerminal }: Situation
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
  const ofHook = config.hooks[hook.name];
  if (!wishes.jobs.includes(name)) {
    if (isNamed(config.hooks.skip)) {
      return "`hooks.skip` says so";
    }
    if (isNamed(ofHook?.skip ?? [])) {
      return `\`hooks.${hook.name}.skip\` says so`;
    }
    if (ofHook?.enabled === false) {
      return `turned off in [hooks.${hook.name}]`;
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
  if ("command" in job && job.interactive === true && !hasTerminal) {
    return "there is no terminal";
  }
  const given = {
    skip: [...skip, ...(job.skip === undefined ? [] : [job.skip])],
    only: [...only, ...(job.only === undefined ? [] : [job.only])],
  };
  if (config.hooks.skip_branches.length > 0) {
    given.skip.push({ branch: config.hooks.skip_branches });
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

function settle(
  named: NamedJob,
  entries: readonly FileEntry[],
  takesFiles: boolean,
  wishes: Wishes,
  situation: Situation
): Chosen {
  const { job } = named;
  const { state, config } = situation;
  // In the middle of a merge or a rebase a person resolved files by hand: no fixer undoes that unless told to.
  const isCalm = state.during.every((operation) => operation === "merge-commit");
  const usual = isCalm && (job.fix ?? config.hooks.fix);
  const canMend = mends(job, situation.tools);
  // Files of a list of its own may be anywhere in the commit.
  const lists = "command" in job && job.filesFrom !== undefined && situation.listed !== undefined;
  const wholeProject = lists || (job.wholeProject ?? readsAll(job, situation.tools));
  return {
    ...named,
    entries,
    fix: (wishes.fix ?? usual) && situation.mendable && canMend,
    canMend,
    wholeProject,
    isOnce: !takesFiles && !wholeProject,
    timeout: job.timeout,
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
