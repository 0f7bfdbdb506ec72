import type { Patch } from "../manifest.ts";
import type { DeploySettings } from "../settings.ts";
import { patchOf } from "./advanced.ts";
import { userData } from "./base.ts";
import { cloudConfig, proxyParts } from "./cloud-config.ts";

/** The guest reaches the network through a proxy: its logins, its services and Nix. */
export function proxyPatches(settings: DeploySettings): readonly Patch[] {
  const values = {
    http_proxy: settings["http-proxy"],
    https_proxy: settings["https-proxy"],
    no_proxy: settings["no-proxy"],
  };
  // Programs differ in which spelling they read.
  const proxy = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => [
      [name, value],
      [name.toUpperCase(), value],
    ])
  );
  return [patchOf(userData(settings, cloudConfig({ hostname: settings.name, ...proxyParts(proxy) })))];
}
