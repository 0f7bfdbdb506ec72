import { closeSync, existsSync, openSync } from "node:fs";
import { errorCode } from "../../host/file-problem.ts";
import { bad, defineCheck, good, idle } from "../check.ts";
import { asRoot } from "../distribution.ts";
import { virtualMachineSeverity } from "../machine-need.ts";

export default defineCheck({
  name: "kvm",
  area: "machine",
  summary: "Virtual machines run at the speed of the processor (KVM)",
  severity: virtualMachineSeverity,
  async probe(world) {
    if (world.platform === "darwin") {
      return hypervisor(world);
    }
    if (world.platform !== "linux") {
      return idle(`${world.platform} has no KVM`);
    }
    const device = world.at("/dev/kvm");
    if (!existsSync(device)) {
      return bad("there is no /dev/kvm", {
        command: `${asRoot(world)}modprobe kvm_intel || ${asRoot(world)}modprobe kvm_amd`,
        text: "after VT-x or AMD-V is turned on in the firmware",
      });
    }
    // Others drive /dev/kvm too (a cloud's own), and guests under them never get anywhere.
    const driver = ["kvm_intel", "kvm_amd"].find((name) => existsSync(world.at(`/sys/module/${name}`)));
    const isArm = world.arch === "arm64";
    if (driver === undefined && !isArm) {
      return bad("/dev/kvm is there, but neither kvm_intel nor kvm_amd drives it: machines are emulated, slowly", {
        text: "use a machine whose processor virtualises; inside a virtual machine, turn on nested virtualisation at its host",
      });
    }
    try {
      closeSync(openSync(device, "r+"));
    } catch (error) {
      return bad(`/dev/kvm is not yours to use: ${errorCode(error) ?? String(error)}`, {
        command: `${asRoot(world)}usermod -aG kvm ${world.user.name}`,
        text: "then log in again",
      });
    }
    return good(`/dev/kvm, driven by ${driver ?? "the kernel"}`);
  },
});

async function hypervisor(world: Parameters<typeof virtualMachineSeverity>[0]): Promise<ReturnType<typeof good>> {
  const ran = await world.run(["sysctl", "-n", "kern.hv_support"]);
  return ran.stdout.trim() === "1"
    ? good("Hypervisor.framework")
    : bad("this Mac has no Hypervisor.framework: machines are emulated, slowly", {
        text: "use a Mac that has it, or a Linux machine",
      });
}
