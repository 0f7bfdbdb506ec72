import { rmSync } from "node:fs";
import { type MachineFiles, type MachinePlaces, placeIn } from "./machine.ts";
import type { MachineRecord } from "./record.ts";
import { stopMachine } from "./stop.ts";
import type { VmWorld } from "./world.ts";

/** Ends a machine and puts it back to its image: its disks, its snapshots and its firmware's variables go, its keys stay. */
export async function resetMachine(
  record: MachineRecord | undefined,
  files: MachineFiles,
  world: VmWorld
): Promise<void> {
  await stopMachine(record, files, world, 0);
  // The next start makes a disk from the image as it is then.
  for (const path of [files.disks, files.snapshots, files.variables, files.console]) {
    rmSync(path, { recursive: true, force: true });
  }
}

/** Ends a machine and removes all that there is of it, whatever state it is in. */
export async function removeMachine(
  record: MachineRecord | undefined,
  places: MachinePlaces,
  world: VmWorld
): Promise<void> {
  await stopMachine(record, placeIn(places), world, 0);
  rmSync(places.folder, { recursive: true, force: true });
  rmSync(places.sockets, { recursive: true, force: true });
}
