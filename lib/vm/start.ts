import { existsSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";
import { checkDisk, checkStart } from "./check-start.ts";
import { findRunning } from "./find-running.ts";
import { wakeGuest } from "./guest-share.ts";
import { collides, hostUser } from "./guest-users.ts";
import { type Launched, launchNew } from "./launch-new.ts";
import { type Accelerator, type MachineFiles, type MachinePlaces, placeIn } from "./machine.ts";
import { makePlaces, placesOf } from "./places.ts";
import { type MachineRecord, readRecord, writeRecord } from "./record.ts";
import { resetMachine } from "./remove.ts";
import { closeConnection } from "./ssh.ts";
import type { StartRequest } from "./start-request.ts";
import { inTurn } from "./turn.ts";
import { waitUntilReady } from "./wait-ready.ts";
import type { VmWorld } from "./world.ts";

export interface Started {
  readonly record: MachineRecord;
  readonly wasRunning: boolean;
}

/** In seconds; a guest that is run by translation takes several times as long. */
const patience: Readonly<Record<Accelerator, number>> = { kvm: 60, hvf: 60, tcg: 480 };

/** Starts a machine and waits until it is ready; one that runs is left as it is. Rejects with a `ProblemError`. */
export function startMachine(request: StartRequest, world: VmWorld): Promise<Started> {
  return begin(request, world, async (before, places, files) => {
    using running = await findRunning(before, files);
    if (before !== undefined && running !== undefined) {
      refuseOther(before, request, world);
      return { record: { ...before, process: running.process }, wasRunning: true };
    }
    const hasDisk = before !== undefined && existsSync(before.machine.disk);
    const checked = await checkStart(request, { folder: places.folder, isNew: !hasDisk }, world);
    if (hasDisk) {
      checkDisk(request, before, checked.image, world);
    }
    return { record: await launchNew(request, checked, before, files, world), wasRunning: false };
  });
}

/**
 * The same on a fresh disk: a machine that is there already ends and loses its disk and snapshots, and keeps its keys. All that
 * can be checked is checked before.
 */
export function deployMachine(request: StartRequest, world: VmWorld): Promise<Started> {
  return begin(request, world, async (before, places, files) => {
    using running = await findRunning(before, files);
    const own = running === undefined ? undefined : before?.machine.port;
    const checked = await checkStart(request, { folder: places.folder, isNew: true, own }, world);
    running?.[Symbol.dispose]();
    await resetMachine(before, files, world);
    return { record: await launchNew(request, checked, before, files, world), wasRunning: false };
  });
}

async function begin(
  request: StartRequest,
  world: VmWorld,
  change: (
    before: MachineRecord | undefined,
    places: MachinePlaces,
    files: MachineFiles
  ) => Promise<{ readonly record: Launched; readonly wasRunning: boolean }>
): Promise<Started> {
  const { name } = request;
  const places = placesOf(name, world.env);
  makePlaces(places);
  const files = placeIn(places);
  const { record, wasRunning } = await inTurn(name, places, world, () =>
    change(readRecord(files.record), places, files)
  );
  if (!request.waits) {
    return { record, wasRunning };
  }
  if (record.isReady === true) {
    // A suspended host leaves its clock behind, an interrupted snapshot its folder.
    if (!(await wakeGuest(name, files, world, record.machine.share !== undefined))) {
      world.say("it does not answer on ssh: `k vm:console` shows it");
    }
    return { record, wasRunning };
  }
  const { port, accelerator } = record.machine;
  const timeout = request.timeout ?? patience[accelerator];
  await waitUntilReady({ name, port, process: record.process, files, timeout }, world);
  if (collides(hostUser(request.user.name, request.user.uid))) {
    // The guest's user had another number when this connection was made.
    await closeConnection(name, files, world);
  }
  return { record: await noteReady(record, places, files, world), wasRunning };
}

/** Unless it was stopped or started anew since. */
function noteReady(
  record: Launched,
  places: MachinePlaces,
  files: MachineFiles,
  world: VmWorld
): Promise<MachineRecord> {
  return inTurn(record.machine.name, places, world, () => {
    const now = readRecord(files.record);
    if (now?.process?.pid === record.process.pid) {
      writeRecord(files.record, { ...now, isReady: true });
    }
    return Promise.resolve({ ...record, isReady: true });
  });
}

/** A machine of another working folder has that one as its /workspace. Throws a `ProblemError`. */
function refuseOther({ machine, project }: MachineRecord, request: StartRequest, world: VmWorld): void {
  if (project === request.project) {
    return;
  }
  if (request.isNameGiven) {
    world.say(`it was started by ${project}, and its /workspace is ${machine.share ?? "not shared"}`);
    return;
  }
  throw new ProblemError({
    kind: "refused",
    what: `${machine.name} runs already, started by another project: ${project}`,
    hint: "give this one a name of its own with --name, or stop the other there",
  });
}
