import { isAlive } from "./ending.ts";
import type { Output } from "./output.ts";
import { pause, turn } from "./pause.ts";
import type { Root } from "./strays.ts";

/**
 * What a process left running gets this long to end by itself, in milliseconds, counted from its last output: bash does not wait
 * for `> >(tee log)`, and what tee still holds must not be lost.
 */
const lingerMs = 200;
/** What goes on printing gets no longer than this. */
const lingerLimitMs = 2000;
const drainLimitMs = 1000;

/** True while something of an exited process is left: a member of its group, or a holder of its output. */
function isAnythingLeft(root: Root, outputs: readonly Output[]): boolean {
  return outputs.some((output) => !output.hasEnded()) || isAlive(root);
}

/**
 * Gives what an exited process left behind the time to end by itself; most leave nothing, and then this takes no time. Resolves with
 * whether something is left.
 */
export async function linger(root: Root, outputs: readonly Output[], ended: Promise<void>): Promise<boolean> {
  const since = performance.now();
  for (let wait = 1; isAnythingLeft(root, outputs); wait = Math.min(wait * 2, 10)) {
    const now = performance.now();
    const lastAt = Math.max(since, ...outputs.map((output) => output.lastAt()));
    if (now - lastAt > lingerMs || now - since > lingerLimitMs) {
      return true;
    }
    const open = outputs.some((output) => !output.hasEnded());
    await pause(wait, ...(open ? [ended] : []));
  }
  return false;
}

/** Waits until all that was written has arrived, then lets go of what somebody out of reach may still hold open. */
export async function drain(outputs: readonly Output[]): Promise<void> {
  const deadline = performance.now() + drainLimitMs;
  // bytes that were read are handed on within a turn: two quiet ones say that there are none
  for (let quiet = 0; quiet < 2 && performance.now() < deadline; ) {
    if (outputs.every((output) => output.hasEnded())) {
      break;
    }
    quiet = outputs.every((output) => output.isIdle()) ? quiet + 1 : 0;
    await (quiet > 0 ? turn() : pause(2));
  }
  await Promise.all(outputs.map((output) => output.cancel()));
}
