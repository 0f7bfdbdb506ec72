import { dirname } from "node:path";
import { nixConfPath } from "../../nix/conf-path.ts";
import { bad, defineCheck, good, idle } from "../check.ts";
import { addBlock } from "../mends/add-block.ts";
import { shortPath } from "../machine-files.ts";
import { askNix, listSetting, nixSettings, nixSeverity } from "../nix.ts";

const features = ["nix-command", "flakes"] as const;
const line = `extra-experimental-features = ${features.join(" ")}`;

export default defineCheck({
  name: "nix-flakes",
  area: "nix",
  summary: "Nix has `nix-command` and `flakes` turned on",
  severity: nixSeverity("critical"),
  async probe(world) {
    if (!(await askNix(world)).ok) {
      return idle("there is no working nix");
    }
    const settings = await nixSettings(world);
    if (!settings.ok && !settings.commandsOff) {
      return settings.result;
    }
    const on = settings.ok ? listSetting(settings.values, "experimental-features") : [];
    const off = features.filter((feature) => !on.includes(feature));
    if (off.length === 0) {
      return good("nix-command and flakes are on");
    }
    const path = nixConfPath(world.env);
    const shown = shortPath(path, world);
    return bad(`off: ${off.join(", ")}`, {
      command: `mkdir -p ${dirname(shown)} && echo '${line}' >> ${shown}`,
      action: {
        what: `add \`${line}\` to ${shown}`,
        apply: () => addBlock(path, "flakes", [line], world.now),
      },
    });
  },
});
