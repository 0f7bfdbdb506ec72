import { shellWord } from "../../core/shell-word.ts";
import type { ExportedMachine } from "./exported-machine.ts";

export interface ProxmoxPlace {
  /** Of the machine there. */
  readonly id: number;
  /** The storage that takes the disk. */
  readonly storage: string;
}

/**
 * What to run on the Proxmox host, as a script beside the files that it imports. Source:
 * <https://pve.proxmox.com/pve-docs/qm.1.html>.
 */
export function proxmoxCommands(
  { machine, alias, disk, seed, firmware, sshConfig }: ExportedMachine,
  { id, storage }: ProxmoxPlace
): string {
  const iso = `${alias}-seed.iso`;
  const options: readonly (readonly [string, string])[] = [
    ["name", alias],
    ["ostype", "l26"],
    ["machine", "q35"],
    ["memory", String(machine.memoryMiB)],
    ["cores", String(machine.cpus)],
    ["cpu", machine.accelerator === "tcg" ? "max" : "host"],
    ...(machine.accelerator === "tcg" ? [["kvm", "0"] as const] : []),
    ["bios", firmware === undefined ? "seabios" : "ovmf"],
    ...(firmware === undefined ? [] : [["efidisk0", `${storage}:1,efitype=4m,pre-enrolled-keys=0`] as const]),
    ["virtio0", `${storage}:0,import-from=${disk},discard=on`],
    ["boot", "order=virtio0"],
    ["ide2", `local:iso/${iso},media=cdrom`],
    ["net0", "virtio,bridge=vmbr0"],
    ["serial0", "socket"],
    ["vga", "serial0"],
    ["agent", "enabled=1"],
    ["rng0", "source=/dev/urandom"],
  ];
  return [
    "#!/bin/sh",
    "# Brings the machine into Proxmox VE, and starts it. Run it as root on the Proxmox host.",
    "set -eu",
    `install -m 600 ${shellWord(seed)} /var/lib/vz/template/iso/${iso}`,
    [`qm create ${id}`, ...options.map(([name, value]) => `--${name} ${shellWord(value)}`)].join(" \\\n  "),
    `qm start ${id}`,
    `# Its address: qm guest cmd ${id} network-get-interfaces`,
    `echo ${shellWord(`ssh -F ${shellWord(sshConfig)} -o HostName=ADDRESS -p 22 ${alias}`)}`,
    "",
  ].join("\n");
}
