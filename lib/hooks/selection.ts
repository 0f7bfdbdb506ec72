import type { Config } from "../config/config.ts";
import type { NamedJob } from "../core/hook.ts";
import type { Tool } from "../core/tool.ts";
import type { FileEntry } from "../lint/classify.ts";
import type { RepositoryState } from "./conditions.ts";

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
  /** There is a user to ask. */
  readonly hasTerminal: boolean;
  /**
   * The files of jobs with a list of their own, by the job's name; `unknown` while no list was asked for, undefined where
   * the user named other files.
   */
  readonly listed?: ReadonlyMap<string, readonly FileEntry[]> | "unknown";
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
  /** Jobs without whose success it does not start. */
  readonly needs: readonly string[];
  /** Those, and jobs that may change a file of its own: it starts when they ended. */
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
