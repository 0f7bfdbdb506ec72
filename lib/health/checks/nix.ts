import { compareVersions } from "../../host/tool-version.ts";
import { defineCheck, good, weak } from "../check.ts";
import { flavourOf, oldestNix } from "../../nix/version.ts";
import { askNix, installNix, nixSeverity } from "../nix.ts";

export default defineCheck({
  name: "nix",
  area: "nix",
  summary: "Nix is installed and new enough",
  severity: nixSeverity("critical"),
  async probe(world) {
    const nix = await askNix(world);
    if (!nix.ok) {
      return nix.result;
    }
    const found = `${flavourOf(nix.text)} ${nix.version} at ${nix.path}`;
    return compareVersions(nix.version, oldestNix.supported) < 0
      ? weak(`${found}: the flake is tested with ${oldestNix.supported} and newer`, installNix)
      : good(found);
  },
});
