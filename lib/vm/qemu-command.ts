import { konductorFacts } from "../nix/facts.ts";
import type { Machine, MachineFiles } from "./machine.ts";

export interface QemuPrograms {
  /** `qemu-system-x86_64` or `qemu-system-aarch64`, absolute. */
  readonly qemu: string;
  readonly arch: "x86_64" | "aarch64";
  /** The code half of the UEFI firmware; needed where the machine's firmware is UEFI. */
  readonly firmwareCode: string | undefined;
}

/**
 * The command that starts a machine and goes to the background. `resume` is the file of a saved machine. All ports are
 * on 127.0.0.1, nothing is displayed, and the console is a socket that is logged too.
 */
export function qemuCommand(
  machine: Machine,
  files: MachineFiles,
  { qemu, arch, firmwareCode }: QemuPrograms,
  resume?: string
): readonly [string, ...string[]] {
  const { accelerator } = machine;
  const board = arch === "x86_64" ? "q35" : "virt";
  return [
    qemu,
    "-name",
    `guest=konductor-${machine.name}`,
    "-uuid",
    machine.uuid,
    "-machine",
    `${board},accel=${accelerator}`,
    "-cpu",
    // TCG refuses `host`.
    accelerator === "tcg" ? "max" : "host",
    "-m",
    String(machine.memoryMiB),
    "-smp",
    String(machine.cpus),
    "-nodefaults",
    "-no-user-config",
    ...firmware(machine, files, firmwareCode),
    "-drive",
    `if=none,id=disk,format=qcow2,discard=unmap,${machine.detectsZeros === true ? "detect-zeroes=unmap," : ""}file=${escaped(machine.disk)}`,
    "-device",
    "virtio-blk-pci,drive=disk,bootindex=1",
    "-drive",
    `if=none,id=seed,format=raw,readonly=on,media=cdrom,file=${escaped(machine.readOnlySeed)}`,
    "-device",
    arch === "x86_64" ? "ide-cd,drive=seed,bus=ide.0" : "virtio-blk-pci,drive=seed",
    "-netdev",
    `user,id=net,hostfwd=tcp:127.0.0.1:${machine.port}-:22`,
    "-device",
    "virtio-net-pci,netdev=net",
    "-device",
    "virtio-rng-pci",
    "-device",
    "virtio-balloon-pci",
    "-device",
    "virtio-serial-pci",
    "-chardev",
    `socket,id=agent,path=${escaped(files.agent)},server=on,wait=off`,
    "-device",
    "virtserialport,chardev=agent,name=org.qemu.guest_agent.0",
    "-chardev",
    `socket,id=console,path=${escaped(files.consoleSocket)},server=on,wait=off,logfile=${escaped(files.console)},logappend=off`,
    "-serial",
    "chardev:console",
    "-qmp",
    `unix:${escaped(files.qmp)},server=on,wait=off`,
    ...share(machine),
    "-display",
    "none",
    ...(resume === undefined ? [] : ["-incoming", "defer"]),
    "-pidfile",
    files.pid,
    "-daemonize",
  ];
}

function firmware(
  { firmware: kind }: Machine,
  { variables }: MachineFiles,
  code: string | undefined
): readonly string[] {
  return kind === "bios" || code === undefined
    ? []
    : [
        "-drive",
        `if=pflash,unit=0,format=raw,readonly=on,file=${escaped(code)}`,
        "-drive",
        `if=pflash,unit=1,format=raw,file=${escaped(variables)}`,
      ];
}

/**
 * `none` writes files as the guest says: modes, links and, where QEMU may, owners. The mapped models would leave plain
 * files with mode 0600 in place of links and programs, and the checkout is worked on from both sides.
 */
function share({ share: folder }: Machine): readonly string[] {
  return folder === undefined
    ? []
    : [
        "-fsdev",
        `local,id=share,path=${escaped(folder)},security_model=none,multidevs=remap`,
        "-device",
        `virtio-9p-pci,fsdev=share,mount_tag=${konductorFacts.meta.vm.shareTag}`,
      ];
}

/** In QEMU's `key=value,…` a comma is written twice. */
function escaped(path: string): string {
  return path.replaceAll(",", ",,");
}
