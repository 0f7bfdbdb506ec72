import rows from "../../../nix/tools.json" with { type: "json" };
import type { Source } from "../source.ts";

/** The tools table as it is written for Nix: to read it costs less than to load a file per tool. */
export const source: Source = async () => [
  ...rows.map(({ name, summary }) => ({ value: name, description: summary })),
  { value: "k", description: "k's own checks" },
];
