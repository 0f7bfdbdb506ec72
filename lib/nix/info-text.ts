import { compareVersions } from "../host/tool-version.ts";
import type { NixInfo } from "./info.ts";
import { registered } from "./registry.ts";

/** A line for each thing, its name first. */
export function infoText(info: NixInfo): string {
  const { nix, store } = info;
  const isOld = compareVersions(nix.version, nix.oldest) < 0;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [
      "nix",
      `${nix.flavour} ${nix.version} at ${nix.path}${isOld ? `, older than the ${nix.oldest} that the flake needs` : ""}`,
    ],
    ["store", [store.folder, store.url, trustWords(store.trusted)].filter((part) => part !== undefined).join(", ")],
    ["system", [info.system, ...info.alsoRuns].filter((part) => part !== undefined).join(", ")],
    ["features", words(info.features)],
    ["caches", words(info.substituters)],
    ["sandbox", info.sandbox],
    ["jobs", info.maxJobs === undefined ? undefined : `${info.maxJobs} at once, ${coresWords(info.cores)} each`],
    ["builders", words(info.builders)],
    [
      "registry",
      info.registered === undefined ? `${registered.id} is not registered` : `${registered.id} is ${info.registered}`,
    ],
    ["flake", flakeWords(info.flake)],
  ];
  return rows.map(([name, value]) => `${name.padEnd(9)} ${value ?? "does not say"}\n`).join("");
}

export function infoJson(info: NixInfo): string {
  return `${JSON.stringify({ version: 1, ...info }, null, 2)}\n`;
}

function words(list: readonly string[]): string {
  return list.length === 0 ? "none" : list.join(", ");
}

function trustWords(trusted: boolean | undefined): string | undefined {
  return trusted === undefined ? undefined : trusted ? "you are trusted" : "you are not among its trusted users";
}

/** 0 stands for all. */
function coresWords(cores: string | undefined): string {
  return cores === undefined || cores === "0" ? "all cores" : `${cores} ${cores === "1" ? "core" : "cores"}`;
}

function flakeWords(flake: NixInfo["flake"]): string {
  if (flake === undefined) {
    return "no flake.lock here";
  }
  const age = flake.oldestDays === undefined ? "" : `, the oldest of ${flake.oldestDays} days`;
  return `${flake.inputs} ${flake.inputs === 1 ? "input" : "inputs"}${age}`;
}
