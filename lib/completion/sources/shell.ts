import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Source } from "../source.ts";
import { rootOf } from "./root-of.ts";

/** The development shells of Konductor's own flake. */
const ownShells = ["default", "python", "go", "node", "rust", "dev", "full", "konductor", "ci"];

/** Each development shell is a file below `nix/shells` of the project's flake; where it has none, those of Konductor are meant. */
export const source: Source = async (places) => {
  const found = shellsIn(rootOf(places));
  return (found.length > 0 ? found : ownShells).map((value) => ({ value }));
};

function shellsIn(root: string): readonly string[] {
  try {
    return readdirSync(join(root, "nix/shells"), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : entry.name.endsWith(".nix") ? [entry.name.slice(0, -4)] : []
    );
  } catch {
    return [];
  }
}
