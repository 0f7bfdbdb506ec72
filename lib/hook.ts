/** All that a hook file imports from `k`. */
import type { HookDefinition, Job } from "./core/hook.ts";
import type { FileKind } from "./core/file-kind.ts";

export type { HookDefinition, Job, JobContext, JobFile, PushedRef } from "./core/hook.ts";
export type { TaskResult } from "./core/task.ts";

/** Types a hook; it does nothing at run time. */
export function defineHook(definition: HookDefinition): HookDefinition {
  return definition;
}

/** Types a job that stands by itself. */
export function defineJob<const J extends Job>(job: J): J {
  return job;
}

type Extra = Omit<Job, "tool" | "format" | "native" | "task" | "command" | "check">;

/** A linter of the tools table over the files that are its own; its summary is the tool's where none is given. */
export function toolJob(tool: string, extra: Extra = {}): Job {
  return { ...extra, tool };
}

/** The formatters that own these kinds of files: a file that one would change fails. */
export function formatJob(format: readonly FileKind[], extra: Extra & { readonly owner?: string } = {}): Job {
  return { ...extra, format };
}
