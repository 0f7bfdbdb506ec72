import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configHome, nixProgram } from "../machine.ts";
import { defineStep, type Look } from "../step.ts";

/** The one name and place under which flakes refer to this project. */
export const registered = { id: "konductor", url: "github:braincraftio/konductor" } as const;

export const registry = defineStep({
  name: "registry",
  title: "`nix develop konductor#full` works from any folder",
  scope: "user",
  changes: "adds konductor to ~/.config/nix/registry.json",
  undo: "nix registry remove konductor",
  look(machine): Look {
    const nix = nixProgram(machine);
    if (nix === undefined) {
      return { status: "idle", found: "Nix is not installed" };
    }
    const path = join(configHome(machine), "nix", "registry.json");
    const now = entryOf(path);
    if (now !== undefined) {
      return { status: "done", found: now === registered.url ? now : `konductor leads to ${now}, and stays so` };
    }
    const features = ["--extra-experimental-features", "nix-command flakes"];
    return {
      status: "open",
      found: "konductor is no name that Nix knows",
      changes: [{ kind: "command", argv: [nix, ...features, "registry", "add", registered.id, registered.url] }],
    };
  },
});

/** What the user's registry (version 2) has for the name, as a flake reference. */
function entryOf(path: string): string | undefined {
  try {
    const { flakes } = JSON.parse(readFileSync(path, "utf8")) as { flakes?: readonly { from?: Entry; to?: Entry }[] };
    const found = flakes?.find(({ from }) => from?.["id"] === registered.id)?.to;
    if (found === undefined) {
      return undefined;
    }
    const { type, owner, repo, url, path: folder } = found;
    return type === "github" ? `github:${owner ?? ""}/${repo ?? ""}` : (url ?? folder ?? JSON.stringify(found));
  } catch {
    return undefined;
  }
}

type Entry = Readonly<Record<string, string | undefined>>;
