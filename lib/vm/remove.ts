import { rmSync } from "node:fs";
import { type MachineFiles, type MachinePlaces, placeIn } from "./machine.ts";
import { type MachineRecord, writeRecord } from "./record.ts";
import { newOverlay } from "./disks.ts";
import { stopMachine } from "./stop.ts";
import type { VmWorld } from "./world.ts";

/** Ends a machine and puts it back to its image: its disks, its snapshots and its firmware's variables go. */
export async function resetMachine(record: MachineRecord, files: MachineFiles, world: VmWorld): Promise<void> {
  await stopMachine(record, files, world, 0);
  for (const path of [files.disks, files.snapshots, files.variables, files.console]) {
    rmSync(path, { recursive: true, force: true });
  }
  const { process: _process, startedAt: _startedAt, ...rest } = record;
  const disk = await newOverlay(files, record.image.path, world);
  writeRecord(files.record, { ...rest, machine: { ...record.machine, disk } });
}

/** Ends a machine and removes all that there is of it. */
export async function removeMachine(
  record: MachineRecord | undefined,
  places: MachinePlaces,
  world: VmWorld
): Promise<void> {
  await stopMachine(record, placeIn(places), world, 0);
  rmSync(places.folder, { recursive: true, force: true });
  rmSync(places.sockets, { recursive: true, force: true });
}

