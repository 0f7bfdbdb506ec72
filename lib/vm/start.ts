import { ProblemError } from "../core/problem.ts";
import { machineLock } from "../host/machine-lock.ts";
import { chooseAccelerator, lookAtMachine } from "./accelerator.ts";
import { checkSpace, newOverlay } from "./disks.ts";
import { findRunning } from "./find-running.ts";
import { hostUser, imageUsers } from "./guest-users.ts";
import { inspectImage, isSameImage } from "./image.ts";
import { machineKeys, writeKnownHosts } from "./keys.ts";
import { launch } from "./launch.ts";
import { type Accelerator, defaultName, type Machine, type MachineFiles, placeIn } from "./machine.ts";
import { makeSeed } from "./make-seed.ts";
import { makePlaces, placesOf } from "./places.ts";
import { freePort } from "./port.ts";
import { type MachineRecord, readRecord, writeRecord } from "./record.ts";
import { hostAlias, writeSshConfig } from "./ssh.ts";
import { waitUntilReady } from "./wait-ready.ts";
import type { VmWorld } from "./world.ts";

export interface StartRequest {
  readonly name: string;
  /** Whether to wait until the guest is ready. */
  readonly waits: boolean;
  /** A qcow2 image, absolute; never written. */
  readonly image: string;
  readonly memoryMiB: number;
  readonly cpus: number;
  readonly port: number;
  /** The user asked for that very port. */
  readonly isPortFixed: boolean;
  /** Of the guest's disk, as qemu-img takes it (`20G`); that of the image where it is not given. */
  readonly diskSize: string | undefined;
  /** Absolute. */
  readonly share: string | undefined;
  readonly accelerator: Accelerator | "auto";
  readonly passwordLogin: boolean;
  /** In seconds, until the guest is ready; by the accelerator where it is not given. */
  readonly timeout: number | undefined;
  /** The project's root, absolute. */
  readonly project: string;
  readonly user: { readonly name: string; readonly uid: number };
}

export interface Started {
  readonly record: MachineRecord;
  readonly wasRunning: boolean;
}

/** In seconds; a guest that is run by translation takes several times as long. */
const patience: Readonly<Record<Accelerator, number>> = { kvm: 60, hvf: 60, tcg: 240 };

/** Starts a machine and waits until it is ready; one that runs is left as it is. Rejects with a `ProblemError`. */
export async function startMachine(request: StartRequest, world: VmWorld): Promise<Started> {
  const places = placesOf(request.name, world.env);
  makePlaces(places);
  const release = await machineLock(`${places.folder}/locks`, "start", "exclusive", world.signal);
  try {
    const files = placeIn(places);
    const before = readRecord(files.record);
    using running = await findRunning(before, files);
    if (before !== undefined && running !== undefined) {
      return { record: before, wasRunning: true };
    }
    const record = await prepare(request, before, places.folder, files, world);
    const started = await launchOrTranslate(record, request, files, world);
    if (!request.waits) {
      return { record: started, wasRunning: false };
    }
    await waitUntilReady(
      {
        name: request.name,
        port: started.machine.port,
        process: started.process,
        files,
        timeout: request.timeout ?? patience[started.machine.accelerator],
      },
      world
    );
    return { record: started, wasRunning: false };
  } finally {
    release?.();
  }
}

/** All files of the machine, so that only QEMU is left to start. */
async function prepare(
  request: StartRequest,
  before: MachineRecord | undefined,
  folder: string,
  files: MachineFiles,
  world: VmWorld
): Promise<MachineRecord> {
  const { name } = request;
  const { virtualBytes: _bytes, firmware, ...mark } = await inspectImage(request.image, world);
  if (before !== undefined && !isSameImage(before.image, mark)) {
    throw new ProblemError({
      kind: "refused",
      what: `the disk of ${name} was made from another image (${before.image.path})`,
      hint: `\`k vm:reset --name ${name}\` starts from the new one, and loses what was written`,
    });
  }
  checkSpace(folder);
  const chosen = chooseAccelerator(request.accelerator, lookAtMachine());
  world.say(`${chosen.accelerator}, ${firmware}${chosen.why === undefined ? "" : ` (${chosen.why})`}`);
  const port = await freePort(request.port, { isFixed: request.isPortFixed });
  if (port !== request.port) {
    world.say(`port ${request.port} is taken: ssh is on ${port}`);
  }
  const keys = await machineKeys(files.keys, world);
  const user = hostUser(request.user.name, request.user.uid);
  const machine: Machine = {
    name,
    uuid: before?.machine.uuid ?? crypto.randomUUID(),
    accelerator: chosen.accelerator,
    firmware,
    memoryMiB: request.memoryMiB,
    cpus: request.cpus,
    port,
    share: request.share,
    shareModel: request.user.uid === 0 ? "none" : "mapped-xattr",
    disk: before?.machine.disk ?? (await newOverlay(files, mark.path, world, request.diskSize)),
    readOnlySeed: files.seed,
  };
  await makeSeed(
    files.seed,
    {
      hostname: name,
      imageUsers,
      hostUser: user,
      authorizedKeys: [keys.client.public],
      hostKey: keys.host,
      passwordLogin: request.passwordLogin,
      mountsShare: request.share !== undefined,
      proxy: proxyOf(world.env),
    },
    world
  );
  writeKnownHosts(files.knownHosts, hostAlias(name), keys.host.public);
  const record: MachineRecord = { version: 1, machine, image: mark, project: request.project, user: user.name };
  writeSshConfig(record, files, keys.client.file, name === defaultName);
  writeRecord(files.record, record);
  return record;
}

/** Hardware that promises and then fails is no end: the guest can be translated. */
async function launchOrTranslate(
  record: MachineRecord,
  { accelerator }: StartRequest,
  files: MachineFiles,
  world: VmWorld
): Promise<MachineRecord & { readonly process: NonNullable<MachineRecord["process"]> }> {
  const begin = async (machine: Machine) => {
    const started = { ...record, machine, process: await launch(machine, files, world), startedAt: Date.now() };
    writeRecord(files.record, started);
    return started;
  };
  world.stage("starting QEMU");
  try {
    return await begin(record.machine);
  } catch (error) {
    if (accelerator !== "auto" || record.machine.accelerator === "tcg" || !(error instanceof ProblemError)) {
      throw error;
    }
    world.say(`${record.machine.accelerator} does not work here, so the guest is translated (tcg): ${error.message}`);
    return begin({ ...record.machine, accelerator: "tcg" });
  }
}

/** What the guest needs to reach the network as the host does. */
function proxyOf(env: VmWorld["env"]): Readonly<Record<string, string>> {
  const names = ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "all_proxy", "ALL_PROXY"];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name] ?? ""]])));
}
