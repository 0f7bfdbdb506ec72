import { bad, defineCheck, good, idle } from "../check.ts";
import { readMachine } from "../machine-files.ts";

export default defineCheck({
  name: "virtualisation",
  area: "machine",
  summary: "The processor can virtualise, and the firmware lets it",
  severity: "info",
  probe(world) {
    if (world.platform !== "linux" || world.arch !== "x64") {
      return idle("told by `kvm` here");
    }
    const flags = /^flags\s*:(.*)$/m.exec(readMachine(world, "/proc/cpuinfo") ?? "")?.[1]?.split(/\s+/) ?? [];
    const feature = flags.includes("vmx") ? "VT-x" : flags.includes("svm") ? "AMD-V" : undefined;
    const within = flags.includes("hypervisor") ? ", inside a virtual machine" : "";
    return feature === undefined
      ? bad(`the processor shows neither VT-x nor AMD-V${within}`, {
          text:
            within === ""
              ? "turn on VT-x or AMD-V (SVM) in the firmware"
              : "turn on nested virtualisation at the host of this machine",
        })
      : good(`${feature}${within}`);
  },
});
