import type { TaskResult } from "./task.ts";

/** What `k nix:build` was asked for. */
export interface NixBuildCall {
  /** Names of the flake's outputs, or whole paths of attributes; its default where empty. */
  readonly outputs: readonly string[];
  /** For one output: the link to what was built, from where the user stands. */
  readonly outLink: string | undefined;
  /** No link at all. */
  readonly noLink: boolean;
  /** Whatever is not hindered is built after a failure. */
  readonly keepGoing: boolean;
  /** All lines of all builds go to the task's log. */
  readonly logs: boolean;
  /** Words for Nix. */
  readonly more: readonly string[];
}

export interface NixGcCall {
  /** Also generations of profiles that are older, in days. */
  readonly olderThan: number | undefined;
  /** Every generation but those in use, and files that are equal become one. */
  readonly aggressive: boolean;
}

export interface NixCacheCall {
  /** That of the settings where it is not given. */
  readonly cache: string | undefined;
}

export interface NixBuilderCall {
  readonly uri: string;
  readonly systems: readonly string[];
  readonly key: string | undefined;
  readonly jobs: number | undefined;
  readonly speed: number | undefined;
  readonly features: readonly string[];
  readonly mandatory: readonly string[];
  readonly hostKey: string | undefined;
}

/** What the `nix:*` tasks do, beside setup, doctor and virtual machines. Each prints or returns what there is to say. */
export interface NixServices {
  build(call: NixBuildCall): Promise<TaskResult>;
  /** Evaluates all outputs for all systems; `builds` also builds the checks of this one. `more` are words for Nix, here and below. */
  check(builds: boolean, more: readonly string[]): Promise<TaskResult>;
  show(json: boolean, more: readonly string[]): Promise<TaskResult>;
  /** These inputs, or all. */
  update(inputs: readonly string[], json: boolean, more: readonly string[]): Promise<TaskResult>;
  gc(call: NixGcCall): Promise<TaskResult>;
  optimise(): Promise<TaskResult>;
  info(json: boolean): Promise<TaskResult>;
  /** Writes `nix/facts.json`, or only says whether it is current. */
  facts(check: boolean): Promise<TaskResult>;
  /** `key` is asked of Cachix where it is not given; `system` is for all users. */
  enableCache(call: NixCacheCall & { readonly key: string | undefined; readonly system: boolean }): Promise<TaskResult>;
  pushCache(
    call: NixCacheCall & { readonly outputs: readonly string[]; readonly shells: readonly string[] }
  ): Promise<TaskResult>;
  listRegistry(json: boolean): Promise<TaskResult>;
  unregister(): Promise<TaskResult>;
  listBuilders(json: boolean): Promise<TaskResult>;
  /** Connects to those named, or to all. */
  checkBuilders(names: readonly string[]): Promise<TaskResult>;
  addBuilder(call: NixBuilderCall): Promise<TaskResult>;
  removeBuilder(uri: string): Promise<TaskResult>;
  uninstall(): Promise<TaskResult>;
}
