import { rmSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";
import { findRunning, type RunningMachine } from "./find-running.ts";
import type { MachineFiles } from "./machine.ts";
import { isAlive } from "./process-identity.ts";
import type { MachineRecord } from "./record.ts";
import type { VmWorld } from "./world.ts";

export type Stopped = "was-not-running" | "shut-down" | "ended" | "killed";

/** How long QEMU itself may take to end once it is told to, in ms. */
const quitMs = 5000;

/**
 * Asks the guest to shut down and waits so many seconds; then tells QEMU to end; then kills it. Only ever the process
 * that this machine's record names, proved by its start time. Rejects with a `ProblemError` where even that fails.
 */
export async function stopMachine(
  record: MachineRecord | undefined,
  files: MachineFiles,
  world: VmWorld,
  graceSeconds: number
): Promise<Stopped> {
  using running = await findRunning(record, files);
  if (running === undefined) {
    removeTraces(files);
    return "was-not-running";
  }
  const how = await endOf(running, world, graceSeconds);
  removeTraces(files);
  return how;
}

async function endOf(running: RunningMachine, world: VmWorld, graceSeconds: number): Promise<Stopped> {
  const { process: own, qmp } = running;
  if (qmp !== undefined && graceSeconds > 0) {
    world.stage("asking the guest to shut down");
    // A paused guest hears nothing.
    await qmp.execute("cont").catch(() => undefined);
    await qmp.execute("system_powerdown").catch(() => undefined);
    if (await isGone(running, graceSeconds * 1000, world)) {
      return "shut-down";
    }
    world.say(`the guest did not shut down in ${graceSeconds} s: QEMU ends it`);
  }
  if (qmp === undefined) {
    process.kill(own.pid, "SIGTERM");
  } else {
    await qmp.execute("quit").catch(() => undefined);
  }
  if (await isGone(running, quitMs, world)) {
    return "ended";
  }
  if (isAlive(own)) {
    process.kill(own.pid, "SIGKILL");
  }
  if (await isGone(running, quitMs, world)) {
    return "killed";
  }
  throw new ProblemError({
    kind: "refused",
    what: `QEMU (process ${own.pid}) does not end, not even killed`,
    hint: "it hangs in the kernel: a disk or network file system that does not answer",
  });
}

async function isGone({ process: own }: RunningMachine, ms: number, { signal }: VmWorld): Promise<boolean> {
  const deadline = performance.now() + ms;
  while (isAlive(own)) {
    if (performance.now() > deadline || signal.aborted) {
      return false;
    }
    await Bun.sleep(25);
  }
  return true;
}

function removeTraces(files: MachineFiles): void {
  for (const path of [files.qmp, files.consoleSocket, files.agent, files.pid]) {
    rmSync(path, { force: true });
  }
}
