import type { Config } from "../config/config.ts";
import type { RunEvent } from "../core/event.ts";
import type { HookName, TaskJob } from "../core/hook.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import type { Spawner } from "../host/process/spawner.ts";
import type { RepositoryState } from "./conditions.ts";
import type { OriginOf } from "./configure.ts";
import type { Content } from "./content.ts";
import type { FixStage } from "./fix-stage.ts";
import type { HookFolders } from "./hook-files.ts";
import type { Over } from "./open-contents.ts";
import type { Place } from "./place.ts";
import type { Selection, Wishes } from "./selection.ts";

/** What is asked of a hook. */
export interface HookRequest {
  readonly name: HookName;
  /** What git gave to it, or a user in its place. */
  readonly args: readonly string[];
  /** What git wrote to it; undefined where it writes nothing, or where it was not git that called. */
  readonly stdin: string | undefined;
  /** Something comes of it: a commit, a push. */
  readonly byGit: boolean;
  readonly over: Over;
  readonly wishes: Wishes;
  /** How a user runs it again, with these flags. */
  again(flags: string): string;
  /** Says which jobs would run over what, and why the others would not. */
  readonly dryRun: boolean;
}

/** What a run of a hook is given of the world. */
export interface HookWorld {
  readonly place: Place;
  readonly folders: HookFolders;
  /** `k`'s home, absolute. */
  readonly home: string;
  /** Where the user stands, absolute. */
  readonly cwd: string;
  readonly config: Config;
  readonly originOf: OriginOf;
  readonly cacheFolder: string;
  readonly spawner: Spawner;
  /** At most so many jobs at once; the number of cores where it is not given. */
  readonly cores: number | undefined;
  /** In seconds, for each job that says nothing itself. */
  readonly timeout: number | undefined;
  /** What the config says where it is not given. */
  readonly failFast: boolean | undefined;
  readonly signal: AbortSignal;
  now(): number;
  emit(event: RunEvent): void;
  print(text: string): void;
  /** One line for the user beside what the jobs say. */
  note(line: string): void;
  terminal(): { readonly columns: number; readonly rows: number } | undefined;
  /** The text of a file as it was looked at, while it is there. */
  keepSource(path: string, text: string): void;
  runTask(job: TaskJob, folder: string, context: TaskContext): Promise<TaskResult>;
}

/** A hook with what it looks at, and which of its jobs run. */
export interface Part {
  readonly content: Content;
  readonly selection: Selection;
  readonly state: RepositoryState;
  readonly fixes: FixStage | undefined;
}
