import { oldestNix } from "./version.ts";
import { daysBetween, loadFlakeLock } from "./flake-lock.ts";
import { parseBuilders } from "./builders.ts";
import { Nix } from "./nix.ts";
import { readSettings } from "./settings.ts";
import { readStore, type StoreInfo } from "./store-info.ts";
import { registeredIn, userRegistry } from "./registry.ts";
import type { NixWorld } from "./world.ts";

/** How Nix stands here; nothing in it takes a walk through the store. */
export interface NixInfo {
  readonly nix: { readonly flavour: string; readonly version: string; readonly path: string; readonly oldest: string };
  readonly store: StoreInfo & { readonly folder: string };
  readonly system: string | undefined;
  readonly alsoRuns: readonly string[];
  readonly features: readonly string[];
  readonly substituters: readonly string[];
  readonly sandbox: string | undefined;
  readonly maxJobs: string | undefined;
  readonly cores: string | undefined;
  /** Addresses of remote builders: those of the project before those of Nix. */
  readonly builders: readonly string[];
  /** Where Konductor's name leads. */
  readonly registered: string | undefined;
  readonly flake: { readonly inputs: number; readonly oldestDays: number | undefined } | undefined;
}

/** Four short processes. Rejects with a `ProblemError` where Nix does not work. */
export async function readNixInfo(world: NixWorld): Promise<NixInfo> {
  const nix = await Nix.find(world);
  const [settings, folder] = await Promise.all([
    readSettings(nix),
    nix.output(["eval", "--raw", "--expr", "builtins.storeDir"]),
  ]);
  // Behind the other: where the store is a new one, each of two that come at once would make its database.
  const store = await readStore(nix);
  const list = (name: string): readonly string[] => (settings.get(name) ?? "").split(/\s+/).filter(Boolean);
  const builders = [...world.builders, settings.get("builders") ?? ""].flatMap((text) =>
    parseBuilders(text, "builders")
  );
  return {
    nix: { flavour: nix.flavour, version: nix.version, path: nix.path, oldest: oldestNix.supported },
    store: { folder, ...store },
    system: settings.get("system"),
    alsoRuns: list("extra-platforms"),
    features: list("experimental-features"),
    substituters: list("substituters"),
    sandbox: settings.get("sandbox"),
    maxJobs: settings.get("max-jobs"),
    cores: settings.get("cores"),
    builders: builders.map(({ uri }) => uri),
    registered: registeredIn(userRegistry(world.env)),
    flake: flakeOf(world),
  };
}

function flakeOf({ root, now }: NixWorld): NixInfo["flake"] {
  const lock = loadFlakeLock(root);
  if (lock.state !== "read") {
    return undefined;
  }
  const ages = lock.inputs.flatMap(({ modified }) => (modified === undefined ? [] : [daysBetween(modified, now())]));
  return { inputs: lock.inputs.length, oldestDays: ages.length === 0 ? undefined : Math.max(...ages) };
}
