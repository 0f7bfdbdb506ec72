import { existsSync } from "node:fs";
import type { Machine } from "../machine.ts";
import { defineStep, type Look } from "../step.ts";

const packages: Readonly<
  Record<string, { readonly argv: readonly [string, ...string[]]; readonly names: readonly string[] }>
> = {
  "apt-get": { argv: ["apt-get", "install", "-y"], names: ["binfmt-support", "qemu-user-static"] },
  dnf: { argv: ["dnf", "install", "-y"], names: ["qemu-user-static"] },
  pacman: { argv: ["pacman", "-S", "--noconfirm"], names: ["qemu-user-static", "qemu-user-static-binfmt"] },
  zypper: { argv: ["zypper", "--non-interactive", "install"], names: ["qemu-linux-user"] },
};

export const emulation = defineStep({
  name: "emulation",
  title: "images for other processors can be built",
  scope: "machine",
  changes: "installs QEMU's user mode and registers it with the kernel, from your distribution's packages",
  undo: "remove those packages with your package manager",
  look(machine): Look {
    if (machine.platform !== "linux") {
      return { status: "idle", found: "only Linux registers other processors' programs" };
    }
    const other = machine.arch === "arm64" ? "x86_64" : "aarch64";
    if (existsSync(machine.at(`/proc/sys/fs/binfmt_misc/qemu-${other}`))) {
      return { status: "done", found: `the kernel runs programs for ${other} through QEMU` };
    }
    const manager = Object.keys(packages).find((program) => machine.which(program) !== undefined);
    const known = manager === undefined ? undefined : packages[manager];
    if (known === undefined) {
      return { status: "idle", found: "k knows no package of this system for it", hint: nixosHint(machine) };
    }
    return {
      status: "open",
      found: `the kernel does not run programs for ${other}`,
      changes: [{ kind: "command", argv: [...known.argv, ...known.names], root: true, open: true }],
    };
  },
});

function nixosHint(machine: Machine): string {
  return existsSync(machine.at("/etc/NIXOS"))
    ? 'set boot.binfmt.emulatedSystems = [ "aarch64-linux" ] in the configuration of NixOS'
    : "install qemu-user-static";
}
