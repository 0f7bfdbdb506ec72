/** How the guest's processor is run: by the kernel's KVM, by macOS' Hypervisor framework, or translated (TCG). */
export const accelerators = ["kvm", "hvf", "tcg"] as const;

export type Accelerator = (typeof accelerators)[number];

/** The firmware that an image needs to boot. */
export type Firmware = "bios" | "uefi";

/** All that makes one virtual machine what it is; a saved machine can only be resumed with the same. */
export interface Machine {
  readonly name: string;
  readonly uuid: string;
  readonly accelerator: Accelerator;
  readonly firmware: Firmware;
  readonly memoryMiB: number;
  readonly cpus: number;
  /** Of ssh, on 127.0.0.1. */
  readonly port: number;
  /** The folder that the guest sees as `/workspace`, absolute. */
  readonly share: string | undefined;
  /** The disk that is written, absolute: a qcow2 overlay. */
  readonly disk: string;
  readonly readOnlySeed: string;
  /** Blocks of zeros that the guest writes take no room on the disk: slower, for a disk that becomes an image. */
  readonly detectsZeros?: boolean;
}

/** Where a machine's files are; all absolute. */
export interface MachinePlaces {
  /** Private to the user (mode 0700). */
  readonly folder: string;
  /** For sockets, whose paths may not be long. */
  readonly sockets: string;
  /** Of all machines of the user, and not in `folder`, which a removal takes away while others wait. */
  readonly locks: string;
}

export const machineName = /^[a-z][a-z0-9-]{0,30}$/;

/** The name of the machine that is meant where none is said. */
export const defaultName = "konductor";

export function placeIn({ folder, sockets }: Pick<MachinePlaces, "folder" | "sockets">) {
  return {
    folder,
    record: `${folder}/machine.json`,
    pid: `${folder}/pid`,
    console: `${folder}/console.log`,
    disks: `${folder}/disks`,
    snapshots: `${folder}/snapshots`,
    seed: `${folder}/seed.iso`,
    variables: `${folder}/efi-vars.fd`,
    keys: `${folder}/keys`,
    sshConfig: `${folder}/ssh_config`,
    knownHosts: `${folder}/known_hosts`,
    qmp: `${sockets}/qmp`,
    consoleSocket: `${sockets}/console`,
    agent: `${sockets}/agent`,
    control: `${sockets}/ssh`,
  } as const;
}

export type MachineFiles = ReturnType<typeof placeIn>;
