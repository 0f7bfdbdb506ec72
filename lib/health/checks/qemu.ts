import { defineCheck, good, type Result, weak } from "../check.ts";
import { installMend, packagesNamed } from "../install-command.ts";
import { virtualMachineSeverity } from "../machine-need.ts";
import { askProgram } from "../program.ts";

export default defineCheck({
  name: "qemu",
  area: "machine",
  summary: "QEMU, which runs the virtual machines, is there with its disk tool",
  severity: virtualMachineSeverity,
  async probe(world): Promise<Result> {
    const system = world.arch === "arm64" ? "aarch64" : "x86_64";
    const install = installMend(
      world,
      packagesNamed("qemu", {
        apt: world.arch === "arm64" ? "qemu-system-arm qemu-utils" : "qemu-system-x86 qemu-utils",
        dnf: "qemu-kvm qemu-img",
        pacman: "qemu-base",
        apk: `qemu-system-${system} qemu-img`,
      }),
      "https://www.qemu.org/download/"
    );
    const qemu = await askProgram(world, { program: `qemu-system-${system}`, oldest: "6.0", install });
    if (!qemu.ok) {
      return qemu.result;
    }
    return world.which("qemu-img") === undefined
      ? weak(`${qemu.version} at ${qemu.path}, but \`qemu-img\` is not on PATH`, install)
      : good(`${qemu.version} at ${qemu.path}`);
  },
});
