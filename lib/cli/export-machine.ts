import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ExportFlags } from "../core/image.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext } from "../core/task.ts";
import { fileProblem } from "../host/file-problem.ts";
import type { ExportedMachine } from "../image/export/exported-machine.ts";
import { domainXml, libvirtCommands } from "../image/export/libvirt.ts";
import { proxmoxCommands } from "../image/export/proxmox.ts";
import { processOf } from "../vm/find-running.ts";
import { findFirmware } from "../vm/firmware-files.ts";
import { guestArch } from "../vm/qemu-program.ts";
import { hostAlias } from "../vm/ssh.ts";
import { callOrFail, programIn, type VmWorld } from "../vm/world.ts";
import { type Known, knownMachine } from "./machine-look.ts";

/** The least number of a machine in Proxmox. */
const firstId = 100;

/**
 * Writes a folder for the user alone (the seed holds a secret key) with the description of a machine and the commands that import
 * it. Resolves with what to type. Rejects with a `ProblemError`.
 */
export async function exportMachine(
  { name, as, out, copy, id, storage }: ExportFlags,
  { cwd }: Pick<TaskContext, "cwd">,
  world: VmWorld
): Promise<string> {
  if (as === undefined) {
    throw new ProblemError({ kind: "flag-value", flag: "--as", expected: "libvirt or proxmox" });
  }
  const known = knownMachine(name, world.env);
  refuseUnready(known);
  const folder = resolve(cwd, out ?? `${known.record.machine.name}-${as}`);
  makeFolder(folder);
  const exported = await gather(known, copy ? folder : undefined, world);
  const script = join(folder, "import.sh");
  if (as === "libvirt") {
    writeFileSync(join(folder, "domain.xml"), domainXml(exported), { mode: 0o600 });
    writeFileSync(script, libvirtCommands(exported), { mode: 0o700 });
    return `sh ${script}`;
  }
  const place = { id: id ?? firstId, storage: storage ?? "local-lvm" };
  writeFileSync(script, proxmoxCommands(exported, place), { mode: 0o700 });
  return copy ? `copy ${folder} to the same place on the Proxmox host, and there: sh ${script}` : `sh ${script}`;
}

function refuseUnready({ record, files }: Known): void {
  const { name, disk } = record.machine;
  if (processOf(record, files) !== undefined) {
    throw new ProblemError({
      kind: "refused",
      what: `${name} runs, and its disk changes`,
      hint: "`k nix:qcow2:stop` shuts it down",
    });
  }
  if (!existsSync(disk)) {
    throw new ProblemError({
      kind: "refused",
      what: `${name} has no disk`,
      hint: "`k nix:qcow2:start` makes one from its image",
    });
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ProblemError(fileProblem(folder, "not made", error));
  }
}

/** With its own files, or with copies in that folder. */
async function gather({ record, files }: Known, folder: string | undefined, world: VmWorld): Promise<ExportedMachine> {
  const { machine } = record;
  const arch = guestArch();
  const firmware = machine.firmware === "uefi" ? findFirmware(arch, world.env) : undefined;
  const place = (path: string, copy: string): string => {
    if (folder === undefined || !existsSync(path)) {
      return path;
    }
    copyFileSync(path, join(folder, copy));
    return join(folder, copy);
  };
  return {
    machine,
    arch,
    disk: folder === undefined ? machine.disk : await copyDisk(machine.disk, join(folder, "disk.qcow2"), world),
    seed: place(files.seed, "seed.iso"),
    firmware: firmware === undefined ? undefined : { ...firmware, own: place(files.variables, "efi-vars.fd") },
    sshConfig: files.sshConfig,
    alias: hostAlias(machine.name),
  };
}

/** One that stands on no other. */
async function copyDisk(disk: string, copy: string, world: VmWorld): Promise<string> {
  const qemuImg = programIn(world, "qemu-img", "qemu-utils");
  await callOrFail(world, [qemuImg, "convert", "-f", "qcow2", "-O", "qcow2", disk, copy], (said) => ({
    kind: "file",
    path: copy,
    what: "the disk was not copied",
    why: said.split("\n").at(-1) ?? said,
  }));
  return copy;
}
