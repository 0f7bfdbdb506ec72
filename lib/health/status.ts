import type { FlakeInput } from "../nix/flake-lock.ts";
import type { MachineState } from "./world.ts";

/** What `k status` tells, each part by itself: one that could not be found out takes no other with it. */
export interface Status {
  readonly project: {
    readonly name: string;
    readonly root: string;
    readonly kind: "config" | "git" | "folder";
    /** What its settings are wrong about. */
    readonly faults: readonly string[];
  };
  readonly git: GitStatus | undefined;
  readonly shell: ShellStatus;
  readonly tools: { readonly found: number; readonly total: number; readonly missing: readonly string[] };
  readonly nix: { readonly path: string; readonly flavour: string; readonly version: string | undefined } | undefined;
  readonly flake: FlakeStatus | undefined;
  readonly machines: readonly MachineState[];
  readonly containers: ContainerStatus;
  readonly hooks: HookStatus | undefined;
  readonly cache: { readonly folder: string; readonly bytes: number; readonly resultBytes: number };
}

export interface GitStatus {
  /** Undefined where HEAD is detached. */
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  /** Undefined where git did not say. */
  readonly changes:
    | { readonly staged: number; readonly changed: number; readonly untracked: number; readonly unmerged: number }
    | undefined;
  readonly upstream: { readonly name: string; readonly ahead: number; readonly behind: number } | undefined;
}

export interface ShellStatus {
  /** The Konductor shell, as `KONDUCTOR_SHELL` names it. */
  readonly konductor: string | undefined;
  readonly nix: boolean;
  /** The folder whose .envrc holds. */
  readonly direnv: string | undefined;
  readonly container: boolean;
}

export interface FlakeStatus {
  readonly inputs: readonly FlakeInput[];
  /** Why the lock says nothing. */
  readonly fault: string | undefined;
}

export interface ContainerStatus {
  readonly engine: "docker" | "podman" | undefined;
  /** Undefined where nobody asked. */
  readonly running: readonly string[] | undefined;
  readonly fault: string | undefined;
}

export interface HookStatus {
  readonly folder: string;
  readonly installed: readonly string[];
}
