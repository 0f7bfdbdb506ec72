import type { Config } from "../config/config.ts";
import type { LintRequest } from "../core/lint.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { Tool } from "../core/tool.ts";
import { changedLines, type GitOptions, type LineRanges, listProject } from "../git/files.ts";
import { type FoundTool, findTool } from "../host/find-tool.ts";
import type { Spawner } from "../host/process/spawner.ts";
import { ToolVersions } from "../host/tool-version.ts";
import { type FileRequest, listTargets, type Targets } from "./targets.ts";

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
  #given: { readonly targets: Targets; allPaths(): Promise<readonly string[]> } | undefined;

  /** `from` hands down what it has found out about tools. */
  constructor(options: SessionOptions, from?: LintSession) {
    this.options = options;
    this.versions =
      from?.versions ?? new ToolVersions(`${options.cacheFolder}/tool-versions.json`, options.spawner, options.env);
    this.#found = from === undefined ? new Map() : from.#found;
    this.#ran = from === undefined ? new Map() : from.#ran;
    this.#said = from === undefined ? new Set() : from.#said;
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
    return memoized(this.#targets, key, () => listTargets({ paths, staged, since }, this.options));
  }

  /** All paths of the project, for checks that look beyond the request. */
  async allPaths(request: FileRequest): Promise<readonly string[]> {
    if (this.#given !== undefined) {
      return this.#given.allPaths();
    }
    const isWhole = request.paths.length === 0 && !request.staged && request.since === undefined;
    const whole = isWhole ? await this.targets(request) : undefined;
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
      const problems = this.unsaid(error.problems);
      const idle: TaskResult = {
        status: "skipped",
        reason: { kind: "nothing-to-do", why: "its files cannot be told" },
      };
      return { end: problems.length === 0 ? idle : { status: "failed", problems } };
    }
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

  /** Removes what was written for the run: copies of staged files, that is. */
  async close(): Promise<void> {
    const all = await Promise.allSettled(this.#targets.values());
    await Promise.all(all.map((targets) => (targets.status === "fulfilled" ? targets.value.dispose() : undefined)));
  }
}

function memoized<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
