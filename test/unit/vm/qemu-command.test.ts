import { expect, test } from "bun:test";
import { type Machine, placeIn } from "../../../lib/vm/machine.ts";
import { qemuCommand, type QemuPrograms } from "../../../lib/vm/qemu-command.ts";

const files = placeIn({ folder: "/state, of/vm", sockets: "/run/vm" });
const programs: QemuPrograms = { qemu: "/bin/qemu", arch: "x86_64", firmwareCode: "/fw/CODE.fd" };
const machine: Machine = {
  name: "one",
  uuid: "u-u",
  accelerator: "tcg",
  firmware: "bios",
  memoryMiB: 512,
  cpus: 3,
  port: 2299,
  share: "/a b, c",
  disk: "/state, of/vm/disks/0.qcow2",
  readOnlySeed: files.seed,
};

const line = (change: Partial<Machine> = {}, more: Partial<QemuPrograms> = {}, resume?: string): string =>
  qemuCommand({ ...machine, ...change }, files, { ...programs, ...more }, resume).join(" ");

test.each([
  ["ssh is forwarded on 127.0.0.1 alone", line(), "hostfwd=tcp:127.0.0.1:2299-:22"],
  ["commas in paths are doubled: the disk", line(), "file=/state,, of/vm/disks/0.qcow2"],
  ["commas in paths are doubled: the share", line(), "path=/a b,, c,security_model=none"],
  ["the seed is read-only", line(), "readonly=on,media=cdrom,file=/state,, of/vm/seed.iso"],
  ["TCG has the processor `max`", line(), "-machine q35,accel=tcg -cpu max -m 512 -smp 3"],
  ["KVM has that of the host", line({ accelerator: "kvm" }), "-machine q35,accel=kvm -cpu host"],
  ["HVF too", line({ accelerator: "hvf" }), "-machine q35,accel=hvf -cpu host"],
  ["UEFI's code is read-only", line({ firmware: "uefi" }), "if=pflash,unit=0,format=raw,readonly=on,file=/fw/CODE.fd"],
  [
    "UEFI's variables are the machine's own",
    line({ firmware: "uefi" }),
    "unit=1,format=raw,file=/state,, of/vm/efi-vars.fd",
  ],
  ["ARM has the board `virt`", line({}, { arch: "aarch64" }), "-machine virt,accel=tcg"],
  ["a saved machine waits for its memory", line({}, {}, "/memory"), "-incoming defer"],
  ["nothing of the user's or the system's QEMU settings is read", line(), "-nodefaults -no-user-config"],
] as const)("%s", (_, argv, part) => {
  expect(argv).toContain(part);
});

test.each([
  ["BIOS has no flash", line(), "pflash"],
  ["a fresh machine waits for nothing", line(), "-incoming"],
  ["a machine without a share has no 9p", line({ share: undefined }), "9p"],
  ["ARM has no IDE", line({}, { arch: "aarch64" }), "ide-cd"],
] as const)("%s", (_, argv, part) => {
  expect(argv).not.toContain(part);
});
