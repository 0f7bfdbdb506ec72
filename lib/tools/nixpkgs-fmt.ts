import { defineTool } from "../core/tool.ts";

export const nixpkgsFmt = defineTool({
  name: "nixpkgs-fmt",
  summary: "Formats Nix",
  url: "https://github.com/nix-community/nixpkgs-fmt",
  kinds: ["nix"],
  scope: "files",
  from: { nix: "nixpkgs-fmt" },
  version: { args: ["--version"], pinned: "1.3.0", oldest: "1.2.0" },
  // It says nothing of a file that it cannot parse, and leaves its faulty parts as they are: nix-syntax reports those.
  format: { args: [], exits: [0] },
  batch: "all",
  failsOn: "error",
});
