import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nixConfigFolder } from "./conf-path.ts";
import { konductorFacts } from "./facts.ts";

const { id, ref } = konductorFacts.meta.flake;

/** The one name and place under which flakes refer to this project. */
export const registered = { id, url: ref } as const;

/** A name that Nix knows, and where it leads, both as flake references. */
export interface RegistryEntry {
  /** Whose registry it stands in; `user` wins over `system`, and that over `global`. */
  readonly scope: string;
  readonly from: string;
  readonly to: string;
}

/** The user's own registry (nix.conf(5), `nix registry`). */
export function userRegistry(env: Readonly<Record<string, string | undefined>>): string {
  return join(nixConfigFolder(env), "registry.json");
}

/** Lines of `user   flake:konductor github:braincraftio/konductor`. */
export function parseRegistry(text: string): readonly RegistryEntry[] {
  return text.split("\n").flatMap((line) => {
    const [, scope, from, to] = /^(\S+)\s+(\S+)\s+(\S.*)$/.exec(line) ?? [];
    return scope === undefined || from === undefined || to === undefined ? [] : [{ scope, from, to: to.trim() }];
  });
}

/** What the registry in this file (version 2) has for Konductor's name, as a flake reference. */
export function registeredIn(path: string): string | undefined {
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
