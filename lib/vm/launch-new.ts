import { existsSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";
import type { Checked } from "./check-start.ts";
import { newOverlay } from "./disks.ts";
import { guestProxy } from "./guest-proxy.ts";
import { hostUser, imageUsers } from "./guest-users.ts";
import { machineKeys, writeKnownHosts } from "./keys.ts";
import { launch, PortTaken } from "./launch.ts";
import type { Machine, MachineFiles } from "./machine.ts";
import { makeSeed } from "./make-seed.ts";
import { freePort } from "./port.ts";
import { atRest, type MachineRecord, writeRecord } from "./record.ts";
import { hostAlias } from "./ssh.ts";
import { writeSshConfigs } from "./ssh-config.ts";
import type { StartRequest } from "./start-request.ts";
import type { VmWorld } from "./world.ts";

/** A machine whose QEMU runs. */
export type Launched = MachineRecord & { readonly process: NonNullable<MachineRecord["process"]> };

/** Makes all files of a machine, and starts QEMU on them. Rejects with a `ProblemError`. */
export async function launchNew(
  request: StartRequest,
  checked: Checked,
  before: MachineRecord | undefined,
  files: MachineFiles,
  world: VmWorld
): Promise<Launched> {
  const { chosen, image, port } = checked;
  world.say(`${chosen.accelerator}, ${image.firmware}${chosen.why === undefined ? "" : ` (${chosen.why})`}`);
  const record = await prepare(request, checked, before, files, world);
  if (port !== request.port) {
    world.say(`port ${request.port} is taken: ssh is on ${port}`);
  }
  return launchSomehow(record, request, files, world);
}

/** All files of the machine, so that only QEMU is left to start. */
async function prepare(
  request: StartRequest,
  { image, chosen, port }: Checked,
  before: MachineRecord | undefined,
  files: MachineFiles,
  world: VmWorld
): Promise<MachineRecord> {
  const { name, share, isForImage } = request;
  const { virtualBytes: _bytes, firmware, ...mark } = image;
  const keys = await machineKeys(files.keys, world);
  const user = hostUser(request.user.name, request.user.uid);
  const hasDisk = before !== undefined && existsSync(before.machine.disk);
  const machine: Machine = {
    name,
    uuid: before?.machine.uuid ?? crypto.randomUUID(),
    accelerator: chosen.accelerator,
    firmware,
    memoryMiB: request.memoryMiB,
    cpus: request.cpus,
    port,
    share,
    disk: hasDisk ? before.machine.disk : await newOverlay(files, mark.path, world, request.diskSize),
    readOnlySeed: files.seed,
    ...(isForImage === true ? { detectsZeros: true } : {}),
  };
  const seed = {
    hostname: name,
    imageUsers,
    hostUser: user,
    authorizedKeys: [keys.client.public],
    hostKey: keys.host,
    passwordLogin: request.passwordLogin,
    mountsShare: share !== undefined,
    proxy: guestProxy(world.env),
    ...(isForImage === true ? { isForImage } : {}),
  };
  await makeSeed(files.seed, seed, world);
  writeKnownHosts(files.knownHosts, hostAlias(name), keys.host.public);
  const record: MachineRecord = {
    version: 1,
    machine,
    image: hasDisk ? before.image : mark,
    project: request.project,
    user: user.name,
  };
  writeSshConfigs(record, files, world.env);
  writeRecord(files.record, record);
  return record;
}

/** Hardware that promises and then fails is no end: the guest can be translated. Nor is a port that another took meanwhile. */
async function launchSomehow(
  record: MachineRecord,
  { accelerator, isPortFixed }: StartRequest,
  files: MachineFiles,
  world: VmWorld
): Promise<Launched> {
  const tryWith = async (machine: Machine): Promise<Launched> => {
    const started = { ...atRest(record), machine, process: await launch(machine, files, world), startedAt: Date.now() };
    writeRecord(files.record, started);
    return started;
  };
  world.stage("starting QEMU");
  try {
    return await tryWith(record.machine);
  } catch (error) {
    const { accelerator: chosen, port } = record.machine;
    if (error instanceof PortTaken && !isPortFixed) {
      const machine = { ...record.machine, port: await freePort(port + 1, { isFixed: false }) };
      world.say(`port ${port} was taken meanwhile: ssh is on ${machine.port}`);
      writeSshConfigs({ ...record, machine }, files, world.env);
      return tryWith(machine);
    }
    if (error instanceof PortTaken || accelerator !== "auto" || chosen === "tcg" || !(error instanceof ProblemError)) {
      throw error;
    }
    world.say(`${chosen} does not work here, so the guest is translated (tcg): ${error.message}`);
    return tryWith({ ...record.machine, accelerator: "tcg" });
  }
}
