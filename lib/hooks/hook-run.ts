import type { Config } from "../config/config.ts";
import type { Hook, PushedRef, TaskJob } from "../core/hook.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import type { GitOptions } from "../git/git.ts";
import type { LintSession } from "../lint/session.ts";
import type { TargetGroup } from "../lint/targets.ts";
import type { TaskIo } from "../lint/task-io.ts";
import { type Content, onlyFiles } from "./content.ts";
import type { RepositoryState } from "./conditions.ts";
import type { FixStage } from "./fix-stage.ts";
import type { CommitMessage } from "./message.ts";
import type { SelectedJob } from "./selection.ts";

/** What git gave to a hook, read. */
export interface Given {
  readonly args: readonly string[];
  readonly stdin: string;
  readonly message: CommitMessage | undefined;
  readonly pushed: readonly PushedRef[];
}

/** What the jobs of one run share. */
export interface HookRun {
  readonly hook: Hook;
  readonly given: Given;
  readonly content: Content;
  readonly fixes: FixStage | undefined;
  /** Made when a job first needs it. */
  session(): Promise<LintSession>;
  readonly config: Config;
  readonly state: RepositoryState;
  /** The top of the working tree, absolute. */
  readonly root: string;
  readonly git: GitOptions;
  /** How a user runs this hook again over the same content, with these flags. */
  again(flags: string): string;
  runTask(job: TaskJob, folder: string, context: TaskContext): Promise<TaskResult>;
  io(context: TaskContext): TaskIo;
}

/** Where a job's files are to be looked at now, with all that was mended before. */
export async function groupsOf(
  { entries, wholeProject }: SelectedJob,
  { content, fixes }: HookRun
): Promise<readonly TargetGroup[]> {
  if (!wholeProject) {
    const groups = onlyFiles([...content.groups, ...content.history], entries);
    return fixes?.overlay(groups) ?? groups;
  }
  const mended = await fixes?.whole();
  const { folder, isCopy } = mended === undefined ? await content.whole() : { folder: mended, isCopy: true };
  return [{ base: folder, isCopy, entries }];
}
