import { expect, test } from "bun:test";
import { bootAbility, firmwareFor, headBytes } from "../../../lib/vm/boot-sectors.ts";

const efi = Buffer.from("28732ac11ff8d211ba4b00a0c93ec93b", "hex");
const linux = Buffer.from("af3dc60f838472478e793d69d8477de4", "hex");

/** The begin of a disk: boot code or none, and partitions of these types in a GPT, or no GPT. */
function head(code: boolean, types: readonly Buffer[] | undefined): Buffer {
  const bytes = Buffer.alloc(headBytes);
  bytes.fill(code ? 0xfa : 0, 0, 440);
  // The signature and the protective entry stand in any GPT's first sector.
  bytes.set([0xee], 450);
  bytes.set([0x55, 0xaa], 510);
  bytes.write(types === undefined ? "" : "EFI PART", 512);
  for (const [at, type] of (types ?? []).entries()) {
    bytes.set(type, 1024 + at * 128);
  }
  return bytes;
}

test.each([
  ["boot code alone", head(true, undefined), "bios"],
  ["boot code and an EFI system partition", head(true, [efi, linux]), "bios"],
  ["an EFI system partition alone", head(false, [efi]), "uefi"],
  ["an EFI system partition that is not the first", head(false, [linux, linux, efi]), "uefi"],
  ["one in the table's last entry", head(false, [...Array.from({ length: 127 }, () => linux), efi]), "uefi"],
  ["other partitions alone", head(false, [linux]), undefined],
  ["the bytes of an EFI partition without a GPT", head(false, undefined).fill(efi, 1024, 1040), undefined],
  ["nothing", Buffer.alloc(headBytes), undefined],
  ["less than a sector", Buffer.alloc(100), undefined],
] as const)("a disk with %s", (_, bytes, firmware) => {
  expect(firmwareFor(bootAbility(bytes))).toBe(firmware);
});
