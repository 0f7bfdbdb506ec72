import { bad, defineCheck, good, idle, weak } from "../check.ts";
import { packagesNamed, installMend } from "../install-command.ts";
import { listSetting, nixSettings } from "../nix.ts";

/** A public cache of a community that flakes name, and nobody here pushes to. */
const others = ["nix-community.cachix.org"];

export default defineCheck({
  name: "cachix",
  area: "nix",
  summary: "Cachix is there and its cache in use, where one is configured",
  severity: "warning",
  async probe(world) {
    const name = world.nix.cache ?? world.env["CACHIX_NAME"] ?? "";
    const hasToken = (world.env["CACHIX_AUTH_TOKEN"] ?? "") !== "";
    const settings = await nixSettings(world);
    const caches = settings.ok
      ? listSetting(settings.values, "substituters").filter(
          (url) => /\.cachix\.org\/?$/.test(url) && !others.some((other) => url.includes(other))
        )
      : [];
    if (name === "" && !hasToken) {
      return caches.length === 0 ? idle("no cache is configured") : good(`reads ${caches.join(", ")}`);
    }
    const path = world.which("cachix");
    if (path === undefined) {
      const whose = name === "" ? "CACHIX_AUTH_TOKEN is set" : `the cache is ${name}`;
      return bad(
        `${whose}, and \`cachix\` is not on PATH`,
        installMend(world, cachixPackages, "https://docs.cachix.org")
      );
    }
    if (name !== "" && settings.ok && !caches.some((url) => url.includes(`//${name}.cachix.org`))) {
      return weak(`Nix does not read from ${name}.cachix.org`, { command: `k nix:cache:enable ${name}` });
    }
    return good(`${path}${name === "" ? "" : `, ${name}.cachix.org`}${hasToken ? ", may push" : ", reads only"}`);
  },
});

const {
  apt: _apt,
  dnf: _dnf,
  pacman: _pacman,
  zypper: _zypper,
  apk: _apk,
  ...cachixPackages
} = packagesNamed("cachix");
