import type { NixServices } from "../core/nix-services.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.nix`. */
export function nixServices(wiring: Wiring, context: Omit<TaskContext, "use">): NixServices {
  const flake = async () => new (await import("./nix-flake.ts")).FlakeCommands(wiring, context);
  const store = async () => new (await import("./nix-store.ts")).StoreCommands(wiring, context);
  const builders = async () => new (await import("./nix-builders.ts")).BuilderCommands(wiring, context);
  return {
    build: async (call) => (await flake()).build(call),
    check: async (builds, more) => (await flake()).check(builds, more),
    show: async (json, more) => (await flake()).show(json, more),
    update: async (inputs, json, more) => (await flake()).update(inputs, json, more),
    async facts(check) {
      const [{ keepFacts }, { nixWorld }] = await Promise.all([import("./nix-facts.ts"), import("./nix-world.ts")]);
      return keepFacts(check, context.home, nixWorld(wiring, context));
    },
    gc: async (call) => (await store()).gc(call),
    optimise: async () => (await store()).optimise(),
    info: async (json) => (await store()).info(json),
    listRegistry: async (json) => (await store()).listRegistry(json),
    unregister: async () => (await store()).unregister(),
    enableCache: async (call) => (await import("./nix-cache.ts")).enableCache(call, wiring, context),
    pushCache: async (call) => (await import("./nix-cache.ts")).pushCache(call, wiring, context),
    listBuilders: async (json) => (await builders()).list(json),
    checkBuilders: async (names) => (await builders()).check(names),
    addBuilder: async (call) => (await builders()).add(call),
    removeBuilder: async (uri) => (await builders()).remove(uri),
    uninstall: async () => (await import("./nix-uninstall.ts")).removeNix(wiring, context),
  };
}
