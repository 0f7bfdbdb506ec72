import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Effort } from "./measure.ts";
import type { Peers } from "./peers.ts";

/** The repository that is measured: the home of `k`. */
export const home = resolve(import.meta.dir, "..");

/** A `k` as users have it. */
export interface OwnProgram {
  readonly name: string;
  /** Absolute. */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What a suite measures with. */
export interface World extends Disposable {
  /** Absolute, of this run alone, gone at its end. */
  readonly folder: string;
  readonly quick: boolean;
  readonly peers: Peers;
  readonly own: readonly OwnProgram[];
  /** The Bun that all of this runs on, absolute. */
  readonly bun: string;
  /** A clean environment whose PATH begins with these folders. */
  env(folders?: readonly string[], more?: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** So many rounds: fewer of what is slow, fewer where it has to be quick. */
  effort(rounds: { readonly full: number; readonly quick: number }): Effort;
  log(line: string): void;
}

export interface WorldOptions {
  readonly quick: boolean;
  readonly peers: Peers;
  readonly own: readonly OwnProgram[];
  log(line: string): void;
}

export function makeWorld({ quick, peers, own, log }: WorldOptions): World {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "k-bench-")));
  mkdirSync(join(folder, "home"));
  const timeProgram = peers.program("time");
  return {
    folder,
    quick,
    peers,
    own,
    bun: process.execPath,
    env: (folders = [], more = {}) => ({ ...cleanEnv(folder, folders), ...more }),
    effort: ({ full, quick: few }) => ({
      warmups: quick ? 1 : 2,
      rounds: quick ? few : full,
      budget: quick ? 8000 : 120_000,
      timeProgram,
    }),
    log,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Nothing of the user's own settings, of CI or of a terminal reaches what is measured. */
export function cleanEnv(folder: string, programs: readonly string[]): Record<string, string> {
  const node = Bun.which("node");
  const system = ["/usr/local/bin", "/usr/bin", "/bin"];
  const path = [...programs, ...(node === null ? [] : [dirname(node)]), ...system];
  return {
    PATH: [...new Set(path)].join(":"),
    HOME: join(folder, "home"),
    TMPDIR: tmpdir(),
    LANG: "C.UTF-8",
    TERM: "dumb",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "Bench",
    GIT_AUTHOR_EMAIL: "bench@example.com",
    GIT_COMMITTER_NAME: "Bench",
    GIT_COMMITTER_EMAIL: "bench@example.com",
  };
}
