import type { NixServices } from "../core/nix-services.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { type Cache, cacheName, isKey, lookUpCache } from "../nix/cachix.ts";
import { Nix } from "../nix/nix.ts";
import { pushBuilt } from "../nix/push.ts";
import { readSettings } from "../nix/settings.ts";
import { readStore } from "../nix/store-info.ts";
import { offerCache } from "../setup/enable-cache.ts";
import { carryOutOffer } from "../setup/offer.ts";
import { consentOf, withQuestions } from "./consent.ts";
import { nixWorld, silentNixWorld } from "./nix-world.ts";
import { canAsk } from "./prompts.ts";
import { setupMachine } from "./setup-machine.ts";
import type { Wiring } from "./wiring.ts";

type Context = Omit<TaskContext, "use">;
type Call<N extends keyof NixServices> = Parameters<NixServices[N]>[0];

/** Lets Nix take from a cache at Cachix: lines in nix.conf, what was there kept beside it. */
export async function enableCache(call: Call<"enableCache">, wiring: Wiring, context: Context): Promise<TaskResult> {
  const { io, opened } = wiring;
  const world = silentNixWorld(wiring, context);
  const nix = await Nix.find(world);
  const name = cacheName(call.cache, opened.config.nix.cache, io.env);
  const cache = await cacheOf(name, call.key, context.signal, io.env);
  if (isInUse(cache, await readSettings(nix))) {
    world.print(`Nix takes from ${cache.url} already\n`);
    return { status: "passed" };
  }
  const { trusted } = await readStore(nix);
  const machine = setupMachine(wiring, context, canAsk(io));
  const offer = offerCache({ name, cache, system: call.system, trusted }, machine);
  if (typeof offer === "string") {
    world.print(`${offer}\n`);
    return { status: "passed" };
  }
  const consent = consentOf(wiring, context.signal);
  return withQuestions(() => carryOutOffer(offer, consent, machine, Math.min(io.columns(), 100)));
}

/** Pushes what was built, or these outputs and dev shells. */
export async function pushCache(call: Call<"pushCache">, wiring: Wiring, context: Context): Promise<TaskResult> {
  const cache = cacheName(call.cache, wiring.opened.config.nix.cache, wiring.io.env);
  const wishes = { cache, outputs: call.outputs, shells: call.shells };
  const note = await pushBuilt(wishes, nixWorld(wiring, context), (argv) => context.exec(argv));
  return { status: "passed", note: `pushed ${note}` };
}

function cacheOf(
  name: string,
  key: string | undefined,
  signal: AbortSignal,
  env: Wiring["io"]["env"]
): Promise<Cache> | Cache {
  if (key === undefined) {
    return lookUpCache(name, env, signal);
  }
  if (!isKey(key)) {
    throw new ProblemError({
      kind: "flag-value",
      flag: "--key",
      value: key,
      expected: `a public key as Nix has it, such as ${name}.cachix.org-1: and 44 characters`,
    });
  }
  return { url: `https://${name}.cachix.org`, keys: [key] };
}

function isInUse({ url, keys }: Cache, settings: ReadonlyMap<string, string>): boolean {
  const list = (setting: string): readonly string[] => (settings.get(setting) ?? "").split(/\s+/);
  const reads = list("substituters").some((one) => one.replace(/\/$/, "") === url.replace(/\/$/, ""));
  return reads && keys.some((key) => list("trusted-public-keys").includes(key));
}
