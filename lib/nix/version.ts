import { compareVersions, readVersion } from "../host/tool-version.ts";
import { konductorFacts } from "./facts.ts";

/** Flakes came with 2.4; `supported` is what the flake and the `nix:*` tasks are tested with. Lix counts on from 2.90. */
export const oldestNix = {
  works: "2.4",
  supported: konductorFacts.versions.nix.minimum.replace(/\.0$/, ""),
} as const;

/** That of Nix itself in what `nix --version` says: Determinate's own stands before it in brackets. */
export function nixVersion(text: string): string | undefined {
  return readVersion(text.replaceAll(/\([^)]*\)/g, ""));
}

/** Which Nix it is, by what it says of itself: `nix (Lix, like Nix) 2.94.0`, `nix (Determinate Nix 3.5.2) 2.28.3`. */
export function flavourOf(text: string): string {
  return /\blix\b/i.test(text) ? "Lix" : /determinate/i.test(text) ? "Determinate Nix" : "Nix";
}

/** `nix store WORD` tells of a store: `ping` was renamed in 2.19, and Lix, which is older at heart, kept it. */
export function storeWord(flavour: string, version: string): "info" | "ping" {
  return flavour !== "Lix" && compareVersions(version, "2.19") >= 0 ? "info" : "ping";
}
