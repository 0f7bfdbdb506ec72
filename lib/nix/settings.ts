import type { Nix } from "./nix.ts";

/** Lines of `name = value`, as Nix prints its settings. */
export function parseSettings(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, name, value] = /^([\w-]+) =(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      values.set(name, value.trim());
    }
  }
  return values;
}

/** `nix config show` came with 2.20 and took the place of `nix show-config`. */
export async function readSettings(nix: Nix): Promise<ReadonlyMap<string, string>> {
  const ran = await nix.run(["config", "show"]);
  return parseSettings(ran.exitCode === 0 ? ran.stdout : await nix.output(["show-config"]));
}
