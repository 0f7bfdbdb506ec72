import type { Machine } from "../../vm/machine.ts";
import type { FirmwareFiles } from "../../vm/firmware-files.ts";
import type { GuestArch } from "../../vm/qemu-program.ts";

/** What another manager is told of a machine; paths are absolute. */
export interface ExportedMachine {
  readonly machine: Machine;
  readonly arch: GuestArch;
  readonly disk: string;
  readonly seed: string;
  /** Where the machine boots by UEFI; `own` are its variables. */
  readonly firmware: (FirmwareFiles & { readonly own: string }) | undefined;
  /** What ssh reads to reach it, and its name there. */
  readonly sshConfig: string;
  readonly alias: string;
}
