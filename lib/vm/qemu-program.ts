import { programIn, type VmWorld } from "./world.ts";

export type GuestArch = "x86_64" | "aarch64";

/** Guests are of the host's kind: another would be translated on any machine. */
export function guestArch(): GuestArch {
  return process.arch === "arm64" ? "aarch64" : "x86_64";
}

/** The path of the QEMU that runs guests of the host's kind; throws a `ProblemError` where there is none. */
export function qemuProgram(world: Pick<VmWorld, "env">): string {
  const arch = guestArch();
  return programIn(world, `qemu-system-${arch}`, arch === "aarch64" ? "qemu-system-arm" : "qemu-system-x86");
}
