import { defineTool } from "../core/tool.ts";
import { parseNixSyntax } from "./parsers/nix-syntax.ts";

export const nixSyntax = defineTool({
  name: "nix-syntax",
  summary: "Checks that Nix can parse its files",
  url: "https://nix.dev/manual/nix/stable/command-ref/nix-instantiate",
  kinds: ["nix"],
  scope: "files",
  from: { nix: "nix", apt: "nix-bin", program: "nix-instantiate" },
  version: { args: ["--version"], pinned: "2.34.7", oldest: "2.8.0" },
  // The dummy store is none: nothing is opened, locked or built.
  check: { args: ["--store", "dummy://", "--parse"], exits: [0, 1] },
  env: { NIX_CONFIG: "", NIX_USER_CONF_FILES: "" },
  // It stops at the first file that it cannot parse.
  batch: "one",
  failsOn: "error",
  columns: "bytes",
  parse: parseNixSyntax,
});
