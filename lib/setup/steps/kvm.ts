import { existsSync, readFileSync } from "node:fs";
import type { Machine } from "../machine.ts";
import { defineStep, type Look } from "../step.ts";

export const kvm = defineStep({
  name: "kvm",
  title: "virtual machines run at full speed",
  scope: "machine",
  changes: "adds you to the group `kvm` of this machine",
  undo: "sudo gpasswd -d USER kvm",
  look(machine): Look {
    if (machine.platform !== "linux") {
      return { status: "idle", found: `KVM is of Linux; on ${machine.platform} a virtual machine uses its own` };
    }
    if (!existsSync(machine.at("/dev/kvm"))) {
      return {
        status: "idle",
        found: `there is no /dev/kvm: ${whyNone(machine)}`,
        hint: "without it they run, slowly",
      };
    }
    if (machine.mayWrite(machine.at("/dev/kvm"))) {
      return { status: "done", found: "/dev/kvm is yours to use" };
    }
    const { name } = machine.user;
    const members = membersOf("kvm", machine);
    if (members === undefined) {
      return {
        status: "stuck",
        problem: {
          kind: "wrong-use",
          message: "/dev/kvm is not yours to use, and no group is called kvm",
          hint: "ls -l /dev/kvm",
        },
      };
    }
    if (members.includes(name)) {
      return { status: "done", found: `${name} is in the group kvm: log in again, or type \`newgrp kvm\`` };
    }
    return {
      status: "open",
      found: "/dev/kvm is there, and not yours to use",
      changes: [{ kind: "command", argv: ["usermod", "-aG", "kvm", name], root: true }],
      afterwards: "log in again, or type `newgrp kvm` in this shell",
    };
  },
});

/** By group(5): `name:password:gid:member,member`. */
function membersOf(group: string, machine: Machine): readonly string[] | undefined {
  const row = textOf(machine.at("/etc/group"))
    .split("\n")
    .find((line) => line.startsWith(`${group}:`));
  return row?.split(":")[3]?.split(",").filter(Boolean);
}

function whyNone(machine: Machine): string {
  const flags = /^flags\s*:(.*)$/m.exec(textOf(machine.at("/proc/cpuinfo")))?.[1]?.split(" ") ?? [];
  if (!flags.includes("vmx") && !flags.includes("svm")) {
    return "the processor shows neither VT-x nor AMD-V: turn it on in the firmware, or in the host of this machine";
  }
  return `load its module: sudo modprobe ${flags.includes("vmx") ? "kvm_intel" : "kvm_amd"}`;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
