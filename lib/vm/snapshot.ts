import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { checkSpace, dropUnused, freshDisk } from "./disks.ts";
import type { RunningMachine } from "./find-running.ts";
import { unmountShare, wakeGuest } from "./guest-share.ts";
import { type Machine, machineName, type MachineFiles } from "./machine.ts";
import type { Qmp } from "./qmp.ts";
import { type MachineRecord, writeRecord } from "./record.ts";
import { shellQuoted } from "../core/shell-word.ts";
import type { VmWorld } from "./world.ts";

/** A saved machine: its memory, and the disk as it was at that moment. */
export interface Snapshot {
  readonly name: string;
  /** With the frozen disk. */
  readonly machine: Machine;
  readonly user: string;
  /** In milliseconds since 1970. */
  readonly savedAt: number;
  /** Of the memory's file. */
  readonly bytes: number;
}

interface SnapshotFiles {
  readonly folder: string;
  readonly facts: string;
  readonly memory: string;
  readonly variables: string;
}

export function snapshotFiles({ snapshots }: MachineFiles, name: string): SnapshotFiles {
  if (!machineName.test(name)) {
    throw new ProblemError({
      kind: "refused",
      what: `a snapshot cannot be called ${JSON.stringify(name)}`,
      hint: "use up to 31 small letters, digits and dashes, a letter first",
    });
  }
  const folder = join(snapshots, name);
  return {
    folder,
    facts: join(folder, "snapshot.json"),
    memory: join(folder, "memory"),
    variables: join(folder, "efi-vars.fd"),
  };
}

/** Undefined where there is none, or only half of one. */
export function readSnapshot(files: MachineFiles, name: string): Snapshot | undefined {
  const { facts, memory } = snapshotFiles(files, name);
  try {
    const { machine, user, savedAt } = JSON.parse(readFileSync(facts, "utf8")) as Omit<Snapshot, "name" | "bytes">;
    return { name, machine, user, savedAt, bytes: statSync(memory).size };
  } catch {
    return undefined;
  }
}

/** Oldest first. */
export function listSnapshots(files: MachineFiles): readonly Snapshot[] {
  const names = existsSync(files.snapshots) ? readdirSync(files.snapshots) : [];
  return names
    .filter((name) => machineName.test(name))
    .flatMap((name) => readSnapshot(files, name) ?? [])
    .toSorted((a, b) => a.savedAt - b.savedAt);
}

/** So fast as the disk takes it, in bytes a second. */
const bandwidth = 100_000_000_000;

/**
 * Saves a running machine, which stands still meanwhile and goes on afterwards, on a new disk over the frozen one. One of
 * that name is replaced. Rejects with a `ProblemError`; the machine runs on then, too.
 */
export async function saveMachine(
  name: string,
  record: MachineRecord,
  running: RunningMachine,
  files: MachineFiles,
  world: VmWorld
): Promise<Snapshot> {
  const { machine } = record;
  const { qmp } = running;
  if (qmp === undefined) {
    throw new ProblemError({
      kind: "machine",
      what: `${machine.name} runs, and its QEMU does not answer`,
      hint: "another program may talk to it; else stop and start it",
    });
  }
  const target = snapshotFiles(files, name);
  checkSpace(files.disks);
  if (machine.share !== undefined) {
    world.stage("unmounting /workspace");
    await unmountShare(machine.name, files, world);
  }
  const fresh = `${target.folder}.new`;
  dropHalves(files);
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  try {
    await qmp.execute("stop");
    const disk = freshDisk(files);
    await qmp.execute("blockdev-snapshot-sync", { device: "disk", "snapshot-file": disk, format: "qcow2" });
    // From here on the machine writes there, whatever becomes of the rest.
    const now = { ...record, machine: { ...machine, disk } };
    writeRecord(files.record, now);
    world.stage("saving its memory");
    await qmp.execute("migrate-set-parameters", { "max-bandwidth": bandwidth });
    await qmp.execute("migrate", { uri: `exec:cat > ${shellQuoted(join(fresh, "memory"))}` });
    await migrated(qmp, world);
    if (existsSync(files.variables)) {
      copyFileSync(files.variables, join(fresh, "efi-vars.fd"));
    }
    const facts = { machine, user: record.user, savedAt: Date.now() };
    writeFileSync(join(fresh, "snapshot.json"), `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
    rmSync(target.folder, { recursive: true, force: true });
    renameSync(fresh, target.folder);
    await dropUnused(files, disksInUse(now, files), world);
    return { name, ...facts, bytes: statSync(target.memory).size };
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error instanceof ProblemError ? error : new ProblemError(notSaved(error));
  } finally {
    await qmp.execute("cont").catch(() => undefined);
    if (!(await wakeGuest(machine.name, files, world, machine.share !== undefined))) {
      world.say("it does not answer on ssh any more: `k vm:console` shows it");
    }
  }
}

/** What an interrupted save left. */
function dropHalves({ snapshots }: MachineFiles): void {
  const names = existsSync(snapshots) ? readdirSync(snapshots) : [];
  for (const name of names.filter((one) => one.endsWith(".new"))) {
    rmSync(join(snapshots, name), { recursive: true, force: true });
  }
}

/** The disk of the machine, and those of all its snapshots. */
export function disksInUse({ machine }: MachineRecord, files: MachineFiles): readonly string[] {
  return [machine.disk, ...listSnapshots(files).map((snapshot) => snapshot.machine.disk)];
}

async function migrated(qmp: Qmp, { signal }: VmWorld): Promise<void> {
  for (;;) {
    const { status, "error-desc": why } = (await qmp.execute("query-migrate")) as Readonly<Record<string, string>>;
    if (status === "completed") {
      return;
    }
    if (status === "failed" || status === "cancelled" || signal.aborted) {
      throw new Error(why ?? `QEMU says ${status}`);
    }
    await Bun.sleep(20);
  }
}

function notSaved(error: unknown) {
  return {
    kind: "machine",
    what: `the machine was not saved: ${error instanceof Error ? error.message : String(error)}`,
    hint: "it runs on; is the disk of the host full?",
  } as const;
}
