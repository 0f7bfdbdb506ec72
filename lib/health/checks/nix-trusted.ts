import { asRoot } from "../distribution.ts";
import { defineCheck, good, idle, weak } from "../check.ts";
import { listSetting, nixSettings } from "../nix.ts";

export default defineCheck({
  name: "nix-trusted",
  area: "nix",
  summary: "The Nix daemon lets you use caches that a flake names",
  severity: "info",
  async probe(world) {
    const settings = await nixSettings(world);
    if (!settings.ok) {
      return idle("nix does not show its settings");
    }
    const trusted = listSetting(settings.values, "trusted-users");
    const { name, uid } = world.user;
    if (uid === 0 || trusted.includes(name) || trusted.includes("*")) {
      return good(`${name} is trusted`);
    }
    const groups = (await world.run(["id", "-Gn"])).stdout.trim().split(/\s+/);
    const group = groups.find((one) => trusted.includes(`@${one}`));
    if (group !== undefined) {
      return good(`${name} is trusted, by the group ${group}`);
    }
    return weak(`${name} is not among trusted-users, so that Nix passes over caches that only a flake names`, {
      command: `echo 'extra-trusted-users = ${name}' | ${asRoot(world)}tee -a /etc/nix/nix.conf`,
      text: "and restart the daemon; who is trusted can become root through Nix, so it is yours to decide",
    });
  },
});
