import { existsSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";

export interface FirmwareFiles {
  /** Read-only, shared. */
  readonly code: string;
  /** What a machine's own variables start as. */
  readonly variables: string;
}

/** Where the packages of Debian, Fedora, Arch, Homebrew and NixOS put UEFI for QEMU. */
const known: Readonly<Record<"x86_64" | "aarch64", readonly (readonly [code: string, variables: string])[]>> = {
  x86_64: [
    ["/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"],
    ["/usr/share/OVMF/OVMF_CODE.fd", "/usr/share/OVMF/OVMF_VARS.fd"],
    ["/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/ovmf/OVMF_VARS.fd"],
    ["/usr/share/edk2/x64/OVMF_CODE.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"],
    ["/opt/homebrew/share/qemu/edk2-x86_64-code.fd", "/opt/homebrew/share/qemu/edk2-i386-vars.fd"],
    ["/run/libvirt/nix-ovmf/OVMF_CODE.fd", "/run/libvirt/nix-ovmf/OVMF_VARS.fd"],
  ],
  aarch64: [
    ["/usr/share/AAVMF/AAVMF_CODE.fd", "/usr/share/AAVMF/AAVMF_VARS.fd"],
    ["/usr/share/edk2/aarch64/QEMU_EFI-pflash.raw", "/usr/share/edk2/aarch64/vars-template-pflash.raw"],
    ["/opt/homebrew/share/qemu/edk2-aarch64-code.fd", "/opt/homebrew/share/qemu/edk2-arm-vars.fd"],
  ],
};

/** `OVMF_CODE` and `OVMF_VARS`, as the dev shell sets them, else where packages put them. Throws a `ProblemError`. */
export function findFirmware(
  arch: "x86_64" | "aarch64",
  env: Readonly<Record<string, string | undefined>>
): FirmwareFiles {
  const own = env["OVMF_CODE"] !== undefined && env["OVMF_VARS"] !== undefined;
  const places = own ? [[env["OVMF_CODE"] ?? "", env["OVMF_VARS"] ?? ""] as const] : known[arch];
  const found = places.find((pair) => pair.every((path) => existsSync(path)));
  if (found === undefined) {
    throw new ProblemError({
      kind: "refused",
      what: own
        ? `OVMF_CODE and OVMF_VARS name files that are not there: ${places[0]?.join(", ")}`
        : "the image boots by UEFI, and there is no UEFI firmware for QEMU",
      hint: arch === "x86_64" ? "`apt-get install ovmf` brings it" : "`apt-get install qemu-efi-aarch64` brings it",
    });
  }
  return { code: found[0], variables: found[1] };
}
