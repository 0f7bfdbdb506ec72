import type { Architecture } from "../core/docker.ts";
import type { ExecOptions, ExecResult } from "../core/task.ts";
import type { NixWorld } from "../nix/world.ts";
import type { Engine } from "./engine.ts";

export type Argv = readonly [string, ...string[]];

/** What the domain needs of the machine that it runs on; handed in, so that a test can replace it. */
export interface DockerWorld {
  /** Of the project, absolute. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly uid: number | undefined;
  /** Absolute; undefined where it is not on PATH. */
  which(program: string): string | undefined;
  /** Runs a program to its end and collects what it prints, which nobody sees. */
  ask(argv: Argv, options?: ExecOptions): Promise<ExecResult>;
  /** The same, its output shown as the task's; an interactive task's has the terminal. */
  show(argv: Argv, options?: ExecOptions): Promise<ExecResult>;
  /** One line for the user. */
  say(line: string): void;
  /** What is being done right now; `done` of `total` steps. */
  stage(step: { readonly text: string; readonly done?: number; readonly total?: number }): void;
  readonly nix: NixWorld;
  /** The command that brings what a check of doctor asks for, in its words. */
  mend(check: string): Promise<string | undefined>;
}

/** What `[docker]` of the settings says, and where this project's files are. */
export interface DockerSettings {
  /** Registry and repository, without a tag. */
  readonly image: string;
  /** Of compose: it is in the name of every container, network and volume. */
  readonly project: string;
  /** Of compose: the development container. */
  readonly service: string;
  /** Of buildx; undefined is the one that the user has chosen. */
  readonly builder: string | undefined;
}

/** An engine that answers, and what it is to work on. */
export interface Docker {
  readonly engine: Engine;
  readonly world: DockerWorld;
  readonly settings: DockerSettings;
}

export const platformOf = (architecture: Architecture): string => `linux/${architecture}`;

/** As `ask`; the text that it printed, or undefined where it failed. */
export async function answerOf(world: Pick<DockerWorld, "ask">, argv: Argv): Promise<string | undefined> {
  const ran = await world.ask(argv);
  return ran.exitCode === 0 ? ran.stdout.trim() : undefined;
}
