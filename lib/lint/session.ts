import type { Config } from "../config/config.ts";
import type { LintRequest } from "../core/lint.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { Tool } from "../core/tool.ts";
import { changedLines, type GitOptions, type LineRanges, listProject } from "../git/files.ts";
import { type FoundTool, findTool } from "../host/find-tool.ts";
import type { WorkingState } from "../git/working-state.ts";
import type { Spawner } from "../host/process/spawner.ts";
import { ToolVersions } from "../host/tool-version.ts";
import { ContentIds } from "./kept/content-ids.ts";
import { Kept } from "./kept/kept.ts";
import { Listing } from "./kept/listing.ts";
import { RecipeFacts } from "./kept/recipe.ts";
import { ownBuild } from "./kept/own-build.ts";
import { nothingToDo } from "./result.ts";
import { type FileRequest, listTargets, type TargetGroup, type Targets } from "./targets.ts";

export interface SessionOptions {
  /** The project's root, absolute. */
  readonly root: string;
  /** `k`'s home, absolute. */
  readonly home: string;
  /** Where the user stands, absolute. */
  readonly cwd: string;
  readonly git: GitOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: Config;
  readonly spawner: Spawner;
  readonly cores: number;
  readonly tools: ReadonlyMap<string, Tool>;
  /** `k`'s cache, absolute. */
  readonly cacheFolder: string;
  /** False where nothing of earlier runs is to be used or kept. */
  readonly useCache?: boolean;
  /** What git said of the root when this run began, where it was asked already. */
  readonly ahead?: Promise<WorkingState | undefined> | undefined;
}

/** What the lint and format tasks of one run share, each part worked out once: files, kinds, tools, changed lines. */
export class LintSession {
  readonly options: SessionOptions;
  readonly versions: ToolVersions;
  readonly #targets = new Map<string, Promise<Targets>>();
  readonly #changed = new Map<string, Promise<ReadonlyMap<string, LineRanges>>>();
  readonly #found: Map<string, FoundTool | undefined>;
  #everything: Promise<readonly string[]> | undefined;
  readonly #ran: Map<string, FoundTool>;
  readonly #said: Set<string>;
  /** What is known of programs and configurations in this run. */
  readonly facts: RecipeFacts;
  /** Results of earlier runs; undefined where none are to be used. */
  readonly kept: Kept | undefined;
  readonly #contents: Map<string, ContentIds>;
  #listing: Promise<Listing | undefined> | undefined;
  /** Files were written in this run: nothing that was known of them before counts. */
  #written = false;
  #given: { readonly targets: Targets; allPaths(): Promise<readonly string[]> } | undefined;

  /** `from` hands down what it has found out about tools. */
  constructor(options: SessionOptions, from?: LintSession) {
    this.options = options;
    this.versions =
      from?.versions ?? new ToolVersions(`${options.cacheFolder}/tool-versions.json`, options.spawner, options.env);
    this.#found = from === undefined ? new Map() : from.#found;
    this.#ran = from === undefined ? new Map() : from.#ran;
    this.#said = from === undefined ? new Set() : from.#said;
    this.#contents = from === undefined ? new Map() : from.#contents;
    this.facts = from === undefined ? new RecipeFacts(options.home, options.root, options.env) : from.facts;
    const isOn = options.useCache !== false && options.config.cache.enabled;
    this.kept =
      from === undefined
        ? isOn
          ? new Kept(options.cacheFolder, options.config.cache.max_size)
          : undefined
        : from.kept;
  }

  /** The same run over files that are given, whatever a request asks for. */
  over(targets: Targets, allPaths: () => Promise<readonly string[]>): LintSession {
    const session = new LintSession(this.options, this);
    session.#given = { targets, allPaths };
    return session;
  }

  /** The files of a request; a rejection is a `ProblemError`. */
  targets({ paths, staged, since }: FileRequest): Promise<Targets> {
    if (this.#given !== undefined) {
      return Promise.resolve(this.#given.targets);
    }
    const key = JSON.stringify([paths, staged, since]);
    return memoized(this.#targets, key, async () => {
      const listing = isWhole({ paths, staged, since }) ? await this.listing() : undefined;
      return listing?.targets() ?? listTargets({ paths, staged, since }, this.options);
    });
  }

  /** The whole project in its state, where git vouches for it; undefined where only the files themselves can tell. */
  async listing(): Promise<Listing | undefined> {
    const { kept } = this;
    if (kept === undefined || this.#given !== undefined || this.#written) {
      return undefined;
    }
    this.#listing ??= this.#openListing(kept);
    return this.#listing;
  }

  #openListing({ store }: Kept): Promise<Listing | undefined> {
    const { root, git, home, ahead } = this.options;
    const opened = Listing.open({ root, git, store, build: ownBuild(home) }, ahead);
    // While git is at work.
    store.open();
    return opened;
  }

  /** The ids of the content of a group's files, by path; those of copies are not kept beyond the run. */
  contentsOf({ base, isCopy, entries, contents }: TargetGroup): ReadonlyMap<string, string> {
    if (contents !== undefined && !this.#written) {
      return contents;
    }
    let ids = this.#contents.get(base);
    if (ids === undefined) {
      ids = new ContentIds(base, isCopy ? undefined : this.kept?.store);
      this.#contents.set(base, ids);
    }
    const all = ids.ofAll(entries.map(({ path }) => path));
    return new Map([...all].flatMap(([path, id]) => (id === undefined ? [] : [[path, id.slice(id.indexOf(" ") + 1)]])));
  }

  /** To be said before the first file is written. */
  willWrite(): void {
    this.#written = true;
  }

  /** All paths of the project, for checks that look beyond the request. */
  async allPaths(request: FileRequest): Promise<readonly string[]> {
    if (this.#given !== undefined) {
      return this.#given.allPaths();
    }
    const whole = isWhole(request) ? await this.targets(request) : undefined;
    if (whole !== undefined) {
      return whole.groups.flatMap(({ entries }) => entries.map(({ path }) => path));
    }
    this.#everything ??= listProject(this.options.root, this.options.git).then(({ files }) =>
      files.map(({ path }) => path)
    );
    return this.#everything;
  }

  /** The files of a request; where they cannot be told, that fails one task, and the others have nothing to do. */
  async targetsOrEnd(request: FileRequest): Promise<Targets | { readonly end: TaskResult }> {
    try {
      return await this.targets(request);
    } catch (error) {
      if (!(error instanceof ProblemError)) {
        throw error;
      }
      return { end: this.#idle(error.problems, "its files cannot be told") };
    }
  }

  /** What a task says that has none of the request's files: of paths that a user named it may be the only one to speak. */
  async noFiles(request: FileRequest): Promise<TaskResult> {
    return this.#idle(isWhole(request) ? [] : (await this.targets(request)).problems, "no files");
  }

  #idle(problems: readonly Problem[], why: string): TaskResult {
    const own = this.unsaid(problems);
    return own.length === 0 ? nothingToDo(why) : { status: "failed", problems: own };
  }

  changedLines({ since }: Pick<LintRequest, "since">): Promise<ReadonlyMap<string, LineRanges>> {
    const ref = since ?? this.options.config.lint.base;
    return memoized(this.#changed, ref ?? "", () => changedLines(this.options.root, ref, this.options.git));
  }

  find(tool: Tool): FoundTool | undefined {
    if (!this.#found.has(tool.name)) {
      this.#found.set(tool.name, findTool(tool, this.options));
    }
    return this.#found.get(tool.name);
  }

  /** Notes that a tool was called. */
  ran(found: FoundTool): void {
    this.#ran.set(found.tool.name, found);
  }

  /** What was called in this run, by name. */
  ranTools(): readonly { readonly name: string; readonly url: string; readonly version?: string }[] {
    return [...this.#ran.values()].map(({ tool, version }) => ({
      name: tool.name,
      url: tool.url,
      ...(version === undefined ? {} : { version }),
    }));
  }

  /** The problems that no task of this run has been given yet: each is said once, by whoever meets it first. */
  unsaid(problems: readonly Problem[]): readonly Problem[] {
    return problems.filter((problem) => {
      const key = JSON.stringify(problem);
      if (this.#said.has(key)) {
        return false;
      }
      this.#said.add(key);
      return true;
    });
  }

  /** Keeps what is worth it for later runs, and removes what was written for this one: copies of staged files, that is. */
  async close(): Promise<void> {
    if (!this.#written) {
      await this.kept?.settle(await this.#listing);
    }
    this.kept?.close();
    const all = await Promise.allSettled(this.#targets.values());
    await Promise.all(all.map((targets) => (targets.status === "fulfilled" ? targets.value.dispose() : undefined)));
  }
}

/** True for a request for all files of the project. */
export function isWhole({ paths, staged, since }: FileRequest): boolean {
  return paths.length === 0 && !staged && since === undefined;
}

function memoized<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
