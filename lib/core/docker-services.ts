import type { Architecture, BuildStage, EngineFlags, Selection } from "./docker.ts";
import type { TaskResult } from "./task.ts";

export type DriverAction = "create" | "use" | "reset" | "status" | "clean";

/** What container engines do for tasks. */
export interface DockerServices {
  /** Builds one image of the matrix; `all` and the stage `build` are tasks that need others. */
  build(
    stage: Exclude<BuildStage, "build">,
    selection: Exclude<Selection, "all">,
    flags: EngineFlags
  ): Promise<TaskResult>;
  bake(call: BakeCall): Promise<TaskResult>;
  /** Whether the bake file says what can be built. */
  validateBake(flags: EngineFlags): Promise<TaskResult>;
  /** The builder of this user that can build for several architectures at once. */
  driver(action: DriverAction, flags: EngineFlags): Promise<TaskResult>;
  /** Starts the development container, and resolves when it is healthy. `wait` in seconds. */
  up(flags: EngineFlags & { readonly wait: number | undefined }): Promise<TaskResult>;
  /** Stops and removes it; its volumes stay. */
  down(flags: EngineFlags): Promise<TaskResult>;
  /** Down, then up. */
  restart(flags: EngineFlags & { readonly wait: number | undefined }): Promise<TaskResult>;
  /** Down, a build without a cache, then up. */
  rebuild(flags: EngineFlags & { readonly wait: number | undefined }): Promise<TaskResult>;
  logs(call: EngineFlags & { readonly once: boolean; readonly lines: number | undefined }): Promise<TaskResult>;
  /** Looks at what must be so in the running container. */
  test(flags: EngineFlags & { readonly quick: boolean }): Promise<TaskResult>;
  /** A command in the running container, a login shell where there is none, on the user's own terminal. */
  exec(
    call: EngineFlags & { readonly user: string | undefined; readonly command: readonly string[] }
  ): Promise<TaskResult>;
  status(call: EngineFlags & { readonly json: boolean }): Promise<string>;
  images(call: EngineFlags & { readonly json: boolean }): Promise<string>;
  /** Says what of this project would go, asks, and removes it. */
  clean(call: CleanCall): Promise<TaskResult>;
  /** Pushes the images that were built, and one name for all of them. */
  push(
    call: EngineFlags & { readonly only: readonly Architecture[]; readonly tag: string | undefined }
  ): Promise<TaskResult>;
  login(
    call: EngineFlags & { readonly username: string | undefined; readonly registry: string | undefined }
  ): Promise<TaskResult>;
  /** Looks for known vulnerabilities; `severity` is the mildest that fails. */
  scan(
    call: { readonly image: string | undefined; readonly severity: string | undefined } & EngineFlags
  ): Promise<TaskResult>;
  /** What an image is made of, as SPDX, on stdout or in a file. */
  sbom(
    call: { readonly image: string | undefined; readonly out: string | undefined } & EngineFlags
  ): Promise<TaskResult>;
}

export interface BakeCall extends EngineFlags {
  /** Of the bake file. */
  readonly targets: readonly string[];
  readonly push: boolean;
}

export interface CleanCall extends EngineFlags {
  /** Also volumes, images and the builder. */
  readonly all: boolean;
  readonly volumes: boolean;
  /** What other projects built too. */
  readonly buildCache: boolean;
}
