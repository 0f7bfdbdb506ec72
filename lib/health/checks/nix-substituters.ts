import { defineCheck, good, idle, weak } from "../check.ts";
import { listSetting, nixSettings, nixSeverity } from "../nix.ts";

export default defineCheck({
  name: "nix-substituters",
  area: "nix",
  summary: "Nix takes built packages from cache.nixos.org",
  severity: nixSeverity("warning"),
  async probe(world) {
    const settings = await nixSettings(world);
    if (!settings.ok) {
      return idle("nix does not show its settings");
    }
    const caches = listSetting(settings.values, "substituters").map((url) => url.replace(/\/$/, ""));
    const keys = listSetting(settings.values, "trusted-public-keys");
    const line = "substituters = https://cache.nixos.org";
    if (settings.values.get("substitute") === "false") {
      return weak("`substitute` is false: everything is built here", { text: "take it out of nix.conf" });
    }
    if (!caches.some((url) => /^https:\/\/cache\.nixos\.org$/.test(url))) {
      return weak(`not among the caches: ${caches.join(", ") || "there are none"}`, {
        text: `put \`extra-${line}\` into nix.conf`,
      });
    }
    if (!keys.some((key) => key.startsWith("cache.nixos.org-1:"))) {
      return weak("the key of cache.nixos.org is not trusted, so that nothing is taken from it", {
        text: "put `cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=` into `extra-trusted-public-keys` of nix.conf",
      });
    }
    return good(caches.join(", "));
  },
});
