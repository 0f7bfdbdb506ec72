import { mkdirSync, readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { errorCode, fileProblem } from "../host/file-problem.ts";
import { isRunName, liveOwner, newRunName } from "./owner.ts";

/** A folder of one run in `<git dir>/k`. While it is there and its process lives, no other run works in this worktree. */
export interface RunFolder {
  /** Absolute. */
  readonly path: string;
  /** Folders of runs that were killed, absolute. */
  readonly leftovers: readonly string[];
}

export interface Patience {
  /** How long to wait for another run, in milliseconds. */
  readonly waitMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Makes this run's folder, and by it takes the worktree's turn. Nobody takes a lock away from a dead run: a name that
 * holds the process's start time never comes to life again. Rejects with a `ProblemError` where another run does not end.
 */
export async function enterRun(base: string, { waitMs, signal }: Patience): Promise<RunFolder> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const entered = tryToEnter(base);
    if (typeof entered === "object") {
      return entered;
    }
    if (performance.now() >= deadline || signal?.aborted === true) {
      throw new ProblemError(busy(entered));
    }
    await Bun.sleep(10 + Math.random() * 30);
  }
}

/** The process that is in the way where it fails; 0 where it went meanwhile. */
function tryToEnter(base: string): RunFolder | number {
  const own = newRunName();
  const path = join(base, own);
  try {
    // Announce first, then look: of two at once each sees the other, and both step back for a random while.
    if (!isMade(path)) {
      mkdirSync(base, { recursive: true, mode: 0o700 });
      mkdirSync(path, { mode: 0o700 });
    }
  } catch (error) {
    // An uninstallation took the folder above away.
    if (errorCode(error) === "ENOENT") {
      return 0;
    }
    throw new ProblemError(fileProblem(path, "not made", error));
  }
  const others = readdirSync(base).filter((name) => name !== own && isRunName(name));
  const holder = others.map((name) => liveOwner(join(base, name), name)).find((pid) => pid !== undefined);
  if (holder === undefined) {
    return { path, leftovers: others.map((name) => join(base, name)) };
  }
  rmdirSync(path);
  return holder;
}

/** False where there is no folder to make it in, which is so once per worktree. */
function isMade(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      return false;
    }
    throw error;
  }
}

function busy(pid: number) {
  return {
    kind: "commit-stopped",
    why:
      pid === 0
        ? "another run of k is at work in this worktree"
        : `another run of k is at work in this worktree, process ${pid}`,
    hint: "wait for its end, or stop it, and commit again",
  } as const;
}

/** Takes the folder of the runs away where nothing is in it. */
export function removeIdleFolder(base: string): void {
  try {
    rmdirSync(base);
  } catch {
    // There is none, or a run is at work, or the persistent tree is there.
  }
}

/** True where a run was killed. */
export function hasLeftovers(base: string): boolean {
  try {
    return readdirSync(base).some((name) => isRunName(name) && liveOwner(join(base, name), name) === undefined);
  } catch {
    return false;
  }
}
