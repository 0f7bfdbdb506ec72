import { rmSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";
import { findRunning, type RunningMachine } from "./find-running.ts";
import { closeConnection, inGuest } from "./ssh.ts";
import type { MachineFiles } from "./machine.ts";
import { isAlive } from "./process-identity.ts";
import { atRest, type MachineRecord, writeRecord } from "./record.ts";
import type { VmWorld } from "./world.ts";

export type Stopped = "was-not-running" | "shut-down" | "ended" | "killed";

/** How long ssh may take to tell the guest, in seconds. */
const askSeconds = 15;

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
  const how = running === undefined ? "was-not-running" : await endOf(running, record, files, world, graceSeconds);
  if (record !== undefined) {
    await closeConnection(record.machine.name, files, world);
    writeRecord(files.record, atRest(record));
  }
  for (const path of [files.qmp, files.consoleSocket, files.agent, files.pid]) {
    rmSync(path, { force: true });
  }
  return how;
}

async function endOf(
  running: RunningMachine,
  record: MachineRecord | undefined,
  files: MachineFiles,
  world: VmWorld,
  graceSeconds: number
): Promise<Stopped> {
  const { process: own, qmp } = running;
  if (graceSeconds > 0 && (await askGuest(qmp, record, files, world))) {
    if (await isGone(running, graceSeconds * 1000, world)) {
      return "shut-down";
    }
    // One that was interrupted leaves the guest to its shutdown.
    world.signal.throwIfAborted();
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

/** Presses the power button; by ssh where QEMU's socket is gone. Whether anybody could be asked. */
async function askGuest(
  qmp: RunningMachine["qmp"],
  record: MachineRecord | undefined,
  files: MachineFiles,
  world: VmWorld
): Promise<boolean> {
  world.stage("asking the guest to shut down");
  if (qmp !== undefined) {
    // A paused guest hears nothing.
    await qmp.execute("cont").catch(() => undefined);
    return qmp.execute("system_powerdown").then(
      () => true,
      () => false
    );
  }
  if (record === undefined) {
    return false;
  }
  world.say("QEMU does not answer on its socket: the guest is asked by ssh");
  const line = "$(test $(id -u) = 0 || echo sudo -n) systemctl poweroff --no-block";
  return (await inGuest(record.machine.name, files, world, line, { timeout: askSeconds })).exitCode === 0;
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
