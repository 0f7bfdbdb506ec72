import { defineTool } from "../core/tool.ts";
import { parseDeadnix } from "./parsers/deadnix.ts";

export const deadnix = defineTool({
  name: "deadnix",
  summary: "Finds dead code in Nix",
  url: "https://github.com/astro/deadnix",
  kinds: ["nix"],
  scope: "files",
  from: { nix: "deadnix" },
  version: { args: ["--version"], pinned: "1.3.1", oldest: "1.2.0" },
  check: { args: ["--output-format", "json", "--fail"], exits: [0, 1] },
  // Taking a name out of `{ a, b }:` breaks those who pass it, so that is left to people.
  fix: { args: ["--edit", "--no-lambda-pattern-names", "--quiet"], exits: [0] },
  batch: "cores",
  failsOn: "warning",
  columns: "bytes",
  parse: parseDeadnix,
});
