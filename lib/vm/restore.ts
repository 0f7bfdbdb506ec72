import { copyFileSync, existsSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";
import { checkSpace, dropUnused, newOverlay } from "./disks.ts";
import { findRunning } from "./find-running.ts";
import { wakeGuest } from "./guest-share.ts";
import { launch } from "./launch.ts";
import type { MachineFiles } from "./machine.ts";
import { freePort } from "./port.ts";
import { atRest, type MachineRecord, readRecord, writeRecord } from "./record.ts";
import { writeSshConfigs } from "./ssh-config.ts";
import { disksInUse, readSnapshot, type Snapshot, snapshotFiles } from "./snapshot.ts";
import { shellQuoted } from "../core/shell-word.ts";
import { stopMachine } from "./stop.ts";
import type { VmWorld } from "./world.ts";

/** In milliseconds, for the memory to be read back, and for the guest to answer. */
const patienceMs = 120_000;

/**
 * Resumes a saved machine in place of the one that runs, which ends at once: what it wrote since is dropped. Rejects
 * with a `ProblemError`.
 */
export async function restoreMachine(
  name: string,
  record: MachineRecord,
  files: MachineFiles,
  world: VmWorld
): Promise<MachineRecord> {
  const snapshot = readSnapshot(files, name);
  if (snapshot === undefined) {
    throw new ProblemError({
      kind: "refused",
      what: `${record.machine.name} has no snapshot ${name}`,
      hint: "`k vm:snapshots` shows those that it has",
    });
  }
  checkSpace(files.folder);
  await stopMachine(record, files, world, 0);
  const started = await resume(snapshot, record, files, world).catch(async (error: unknown) => {
    // What it was before is still there: its own disk.
    await stopMachine(readRecord(files.record), files, world, 0);
    writeRecord(files.record, atRest(record));
    throw error;
  });
  world.stage("ssh");
  await woken(started, files, world);
  await dropUnused(files, disksInUse(started, files), world);
  return started;
}

async function resume(
  snapshot: Snapshot,
  record: MachineRecord,
  files: MachineFiles,
  world: VmWorld
): Promise<MachineRecord> {
  const saved = snapshotFiles(files, snapshot.name);
  if (existsSync(saved.variables)) {
    copyFileSync(saved.variables, files.variables);
  }
  const machine = {
    ...snapshot.machine,
    disk: await newOverlay(files, snapshot.machine.disk, world),
    port: await freePort(record.machine.port, { isFixed: false }),
  };
  world.stage("reading its memory");
  const own = await launch(machine, files, world, saved.memory);
  const started: MachineRecord = {
    ...atRest(record),
    machine,
    user: snapshot.user,
    process: own,
    startedAt: Date.now(),
    isReady: true,
  };
  writeRecord(files.record, started);
  writeSshConfigs(started, files, world.env);
  using running = await findRunning(started, files);
  const qmp = running?.qmp;
  if (qmp === undefined) {
    throw new ProblemError(notRestored("QEMU does not answer"));
  }
  try {
    await qmp.execute("migrate-incoming", { uri: `exec:cat ${shellQuoted(saved.memory)}` });
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const { status } = (await qmp.execute("query-status")) as { readonly status: string };
      if (status !== "inmigrate") {
        break;
      }
      if (performance.now() > deadline) {
        throw new Error("its memory is not read after two minutes");
      }
      await Bun.sleep(20);
    }
    await qmp.execute("cont");
  } catch (error) {
    throw new ProblemError(notRestored(error instanceof Error ? error.message : String(error)));
  }
  return started;
}

/**
 * The first thing that ssh does there is what is due. Its sshd listened when it was saved, so that nobody need ask first whether it
 * does: each connection costs the guest a process.
 */
async function woken({ machine }: MachineRecord, files: MachineFiles, world: VmWorld): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await wakeGuest(machine.name, files, world, machine.share !== undefined))) {
    world.signal.throwIfAborted();
    if (performance.now() > deadline) {
      throw new ProblemError(notRestored("ssh does not answer"));
    }
    await Bun.sleep(100);
  }
}

function notRestored(why: string) {
  return {
    kind: "machine",
    what: `the snapshot was not resumed: ${why}`,
    hint: "it was saved by this version of QEMU, and with the same accelerator? Else save it anew",
  } as const;
}
