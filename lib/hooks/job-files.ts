import type { FileKind } from "../core/file-kind.ts";
import type { FileTrait, Hook, Job, NamedJob } from "../core/hook.ts";
import { type FileEntry, kindsOf } from "../lint/classify.ts";
import { filesOf, globTest } from "../lint/select.ts";
import type { Situation } from "./selection.ts";

/** The files of a job that has a list of its own; undefined for what all others look at. */
export function listOf({ name, job }: NamedJob, { listed }: Situation): readonly FileEntry[] | "unknown" | undefined {
  if (!("command" in job) || job.filesFrom === undefined || listed === undefined) {
    return undefined;
  }
  return listed === "unknown" ? listed : (listed.get(name) ?? []);
}

/** Jobs that look at nothing run all the same: those without globs, in a hook that has no files, and whole tasks. */
export function needsFiles(job: Job, { looksAt }: Hook): boolean {
  if ("command" in job && job.filesFrom !== undefined) {
    return true;
  }
  if (looksAt === "nothing" || looksAt === "message") {
    return false;
  }
  const picks = job.files ?? job.kinds ?? job.traits;
  return "tool" in job || "format" in job || "native" in job || picks !== undefined || usesFiles(job);
}

/** It is a command that is called with files. */
export function usesFiles(job: Job): boolean {
  return "command" in job && [...job.command, ...(job.mend ?? [])].some((word) => word.includes("{files}"));
}

/** Those of the files that are the job's own. */
export function entriesOf(
  { job }: NamedJob,
  all: readonly FileEntry[],
  { config, tools }: Situation
): readonly FileEntry[] {
  const { kinds, traits = [] } = job;
  const entries =
    kinds === undefined && traits.length === 0
      ? all
      : all.filter(
          (entry) =>
            traits.every((trait) => hasTrait(entry, trait)) &&
            (kinds === undefined || kindsOf(entry.kind).some((kind) => kinds.includes(kind)))
        );
  const excluded = globTest(job.exclude ?? []);
  const included = job.files === undefined ? undefined : globTest(job.files);
  const fits = (path: string): boolean => (included === undefined || included(path)) && !excluded(path);
  if ("tool" in job) {
    const tool = tools.get(job.tool);
    return tool === undefined ? [] : filesOf(tool, entries, (path) => !fits(path));
  }
  const isPicky = job.files !== undefined || (job.exclude ?? []).length > 0;
  const own = isPicky ? entries.filter(({ path }) => fits(path)) : entries;
  if ("native" in job) {
    return own;
  }
  if ("format" in job) {
    return formatted(job, own, config.format.owners);
  }
  const below = "command" in job && job.folder !== undefined ? `${job.folder.replace(/\/+$/, "")}/` : "";
  // A link leads to what another entry is, or to what is no part of the commit.
  const real = traits.includes("symlink") ? own : withoutLinks(own);
  return below === "" ? real : real.filter(({ path }) => path.startsWith(below));
}

/** By list: most jobs are called with all that there is. */
const linkless = new WeakMap<readonly FileEntry[], readonly FileEntry[]>();

function withoutLinks(entries: readonly FileEntry[]): readonly FileEntry[] {
  const known = linkless.get(entries);
  if (known !== undefined) {
    return known;
  }
  const isLink = ({ mode }: FileEntry): boolean => mode === "symlink";
  const real = entries.some(isLink) ? entries.filter((entry) => !isLink(entry)) : entries;
  linkless.set(entries, real);
  return real;
}

function hasTrait({ mode, binary }: FileEntry, trait: FileTrait): boolean {
  switch (trait) {
    case "text":
      return !binary && mode !== "symlink";
    case "not-text":
      return binary || mode === "symlink";
    case "binary":
      return binary;
    case "not-binary":
      return !binary;
    case "executable":
      return mode === "executable";
    case "not-executable":
      return mode !== "executable";
    case "symlink":
      return mode === "symlink";
    case "not-symlink":
      return mode !== "symlink";
  }
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
