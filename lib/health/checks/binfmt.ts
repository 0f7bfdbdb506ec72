import { existsSync } from "node:fs";
import { bad, defineCheck, good, idle, weak } from "../check.ts";
import { installMend } from "../install-command.ts";
import { readMachine } from "../machine-files.ts";

export default defineCheck({
  name: "binfmt",
  area: "machine",
  summary: "Programs of the other architecture run here, for images of both",
  severity: "info",
  probe(world) {
    if (world.platform !== "linux") {
      return idle("the container engine's own machine does it");
    }
    const other = world.arch === "arm64" ? "x86_64" : "aarch64";
    const folder = "/proc/sys/fs/binfmt_misc";
    const names = [`qemu-${other}`, `${other}-linux`, ...(other === "x86_64" ? ["rosetta"] : [])];
    const name = names.find((one) => readMachine(world, `${folder}/${one}`) !== undefined);
    const mend = existsSync(world.at("/etc/NIXOS"))
      ? { text: `set boot.binfmt.emulatedSystems = [ "${other}-linux" ]` }
      : installMend(world, packages, "https://docs.docker.com/build/building/multi-platform/#qemu");
    if (name === undefined) {
      return bad(`nothing runs ${other} programs`, mend);
    }
    const text = readMachine(world, `${folder}/${name}`) ?? "";
    return /^enabled/.test(text)
      ? good(`${name} runs ${other} programs`)
      : weak(`${name} is there and turned off`, mend);
  },
});

const packages = {
  apt: "qemu-user-static binfmt-support",
  dnf: "qemu-user-static",
  pacman: "qemu-user-static-binfmt",
  apk: "qemu-openrc",
};
