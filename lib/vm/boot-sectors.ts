import type { Firmware } from "./machine.ts";

/** How many bytes of a disk's begin tell how it boots. */
export const headBytes = 34 * 512;

/** What the partition table calls an EFI system partition, as its bytes stand on the disk. */
const efiSystem = "28732ac11ff8d211ba4b00a0c93ec93b";

export interface BootAbility {
  readonly bios: boolean;
  readonly uefi: boolean;
}

/**
 * How a disk can boot, from its first 34 sectors: BIOS where there is boot code in the master boot record, UEFI where a
 * GPT lists an EFI system partition. Source: UEFI specification 2.10, section 5.3.
 */
export function bootAbility(head: Uint8Array): BootAbility {
  const bytes = Buffer.from(head);
  const bios = bytes.subarray(0, 440).some((byte) => byte !== 0);
  const isGpt = bytes.subarray(512, 520).toString("latin1") === "EFI PART";
  let uefi = false;
  for (let at = 1024; isGpt && at + 128 <= bytes.length; at += 128) {
    uefi ||= bytes.subarray(at, at + 16).toString("hex") === efiSystem;
  }
  return { bios, uefi };
}

/** BIOS where it works, since it starts faster; undefined where the disk cannot boot. */
export function firmwareFor({ bios, uefi }: BootAbility): Firmware | undefined {
  return bios ? "bios" : uefi ? "uefi" : undefined;
}
