import { existsSync } from "node:fs";
import { asRoot } from "../distribution.ts";
import { bad, defineCheck, good, idle, type Mend } from "../check.ts";
import { connects } from "../connect.ts";
import { mayWrite } from "../machine-files.ts";
import { askNix, nixSeverity } from "../nix.ts";
import type { World } from "../world.ts";

export default defineCheck({
  name: "nix-daemon",
  area: "nix",
  summary: "The Nix daemon answers, or the store is your own",
  severity: nixSeverity("critical"),
  async probe(world) {
    if (!(await askNix(world)).ok) {
      return idle("there is no working nix");
    }
    const socket = world.at("/nix/var/nix/daemon-socket/socket");
    const why = await connects(socket);
    if (why === undefined) {
      return good(`answers at ${socket}`);
    }
    const store = world.at("/nix/var/nix");
    if (!existsSync(store)) {
      return bad(`there is no ${store}`, startDaemon(world));
    }
    return mayWrite(store)
      ? good(`none runs, and none is needed: ${store} is yours to write`)
      : bad(`does not answer at ${socket}: ${why}`, startDaemon(world));
  },
});

function startDaemon(world: World): Mend {
  if (world.platform === "darwin") {
    return { command: "sudo launchctl kickstart -k system/org.nixos.nix-daemon" };
  }
  return existsSync(world.at("/run/systemd/system"))
    ? { command: `${asRoot(world)}systemctl enable --now nix-daemon.socket` }
    : { command: `${asRoot(world)}nix-daemon &` };
}
