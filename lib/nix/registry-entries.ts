import type { Nix } from "./nix.ts";
import { parseRegistry, registered, registeredIn, type RegistryEntry, userRegistry } from "./registry.ts";
import type { NixWorld } from "./world.ts";

/** All names that Nix knows, those of the user first. Rejects with a `ProblemError`, as where the global registry cannot be fetched. */
export async function listRegistry(nix: Nix): Promise<readonly RegistryEntry[]> {
  return parseRegistry(await nix.output(["registry", "list"]));
}

export function registryText(entries: readonly RegistryEntry[]): string {
  const widths = [
    Math.max(0, ...entries.map(({ scope }) => scope.length)),
    Math.max(0, ...entries.map(({ from }) => from.length)),
  ];
  const rows = entries.map(
    ({ scope, from, to }) => `${scope.padEnd(widths[0] ?? 0)}  ${from.padEnd(widths[1] ?? 0)}  ${to}\n`
  );
  const isThere = entries.some(({ from }) => from === `flake:${registered.id}`);
  return [...rows, isThere ? "" : `${registered.id} is not among them: \`k nix:registry:add\` adds it\n`].join("");
}

export function registryJson(entries: readonly RegistryEntry[]): string {
  return `${JSON.stringify({ version: 1, entries }, null, 2)}\n`;
}

/** Takes Konductor's name out of the user's registry; resolves with what was done, in words. Again, it does nothing. */
export async function unregister(nix: Nix, { env }: NixWorld): Promise<string> {
  const before = registeredIn(userRegistry(env));
  if (before === undefined) {
    return `${registered.id} is not in your registry`;
  }
  await nix.output(["registry", "remove", registered.id]);
  return `${registered.id} no longer leads to ${before}`;
}
