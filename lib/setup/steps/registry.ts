import { registered, registeredIn, userRegistry } from "../../nix/registry.ts";
import { nixProgram } from "../machine.ts";
import { defineStep, type Look } from "../step.ts";

export const registry = defineStep({
  name: "registry",
  title: `\`nix develop ${registered.id}#full\` works from any folder`,
  scope: "user",
  changes: `adds ${registered.id} to ~/.config/nix/registry.json`,
  undo: "k nix:registry:remove",
  look(machine): Look {
    const nix = nixProgram(machine);
    if (nix === undefined) {
      return { status: "idle", found: "Nix is not installed" };
    }
    const now = registeredIn(userRegistry(machine.env));
    if (now !== undefined) {
      const found = now === registered.url ? now : `${registered.id} leads to ${now}, and stays so`;
      return { status: "done", found };
    }
    const features = ["--extra-experimental-features", "nix-command flakes"];
    return {
      status: "open",
      found: `${registered.id} is no name that Nix knows`,
      changes: [{ kind: "command", argv: [nix, ...features, "registry", "add", registered.id, registered.url] }],
    };
  },
});
