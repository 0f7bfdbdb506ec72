import type { Spawner } from "../host/process/spawner.ts";

/** All that the work with Nix meets the world through. */
export interface NixWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the flake, absolute. */
  readonly root: string;
  readonly spawner: Pick<Spawner, "run">;
  readonly signal: AbortSignal;
  /** Remote builders that the project's settings name, each a line as Nix has it. */
  readonly builders: readonly string[];
  /** Milliseconds since 1970. */
  now(): number;
  /** One line of the task's log. */
  log(line: string): void;
  progress(step: { readonly text?: string; readonly done?: number; readonly total?: number }): void;
}
