import { loadLibc } from "./libc.ts";
import { findStrays, type Root, type Search } from "./strays.ts";

/** How long what got a KILL may take to be gone, in milliseconds, before it is asked again; a disk or a debugger may hold it. */
const killWait = 1000;
const killRounds = 3;

export interface Patience {
  /** Between TERM and KILL, in milliseconds. */
  readonly graceMs: number;
  /** Resolves when the grace time is over at once. */
  readonly hurried: Promise<void>;
  isHurried(): boolean;
}

/** Ends all that belongs to the roots: TERM, a grace time, KILL. Resolves when it is gone, or cannot be ended by us. */
export async function endAll(search: Search, patience: Patience): Promise<void> {
  let strays = findStrays(search);
  sendToAll(search.roots, strays, "SIGTERM");
  // one that is stopped takes the TERM only when it goes on
  sendToAll(search.roots, strays, "SIGCONT");
  await goneWithin(search.roots, strays, patience.graceMs, patience);
  for (let round = 0; round < killRounds; round += 1) {
    strays = findStrays(search);
    if (strays.length === 0 && !search.roots.some(isAlive)) {
      return;
    }
    sendToAll(search.roots, strays, "SIGKILL");
    await goneWithin(search.roots, strays, killWait);
  }
}

/** Sends to all of them at once; those that are gone, or not ours to signal, are passed over. */
export function sendToAll(roots: readonly Root[], strays: readonly number[], signal: NodeJS.Signals): void {
  for (const root of roots) {
    sendTo(root, signal);
  }
  for (const pid of strays) {
    send(pid, signal);
  }
}

export function sendTo(root: Root, signal: NodeJS.Signals): void {
  if (isAlive(root)) {
    send(root.reach === "group" ? -root.pid : root.pid, signal);
  }
}

/** True while it, or anything in the group that it led, is there. */
export function isAlive(root: Root): boolean {
  if (root.reach !== "group") {
    return !root.hasExited();
  }
  return !root.hasExited() || isThere(-root.pid);
}

async function goneWithin(
  roots: readonly Root[],
  strays: readonly number[],
  limit: number,
  patience?: Patience
): Promise<void> {
  const deadline = performance.now() + limit;
  const isOver = () => performance.now() >= deadline || patience?.isHurried() === true;
  for (let pause = 1; !isOver() && (roots.some(isAlive) || strays.some(isThere)); pause = Math.min(pause * 2, 25)) {
    await Promise.race([Bun.sleep(pause), ...(patience === undefined ? [] : [patience.hurried])]);
  }
}

/** Takes a process id, or a group's as a negative number; the dead that became ours to collect are collected first. */
function isThere(target: number): boolean {
  if (!send(target, 0)) {
    return false;
  }
  const libc = loadLibc();
  while (libc?.reap(target) === true) {
    // One more of its dead is gone.
  }
  return send(target, 0);
}

function send(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(target, signal);
    return true;
  } catch (error) {
    // EPERM: it is there, but another user's
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
