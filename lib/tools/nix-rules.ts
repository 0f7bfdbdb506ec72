import { defineTool } from "../core/tool.ts";
import { parseAstGrep } from "./parsers/ast-grep.ts";

export const nixRules = defineTool({
  name: "nix-rules",
  summary: "Finds the commonest antipatterns in Nix where statix is not there",
  url: "https://ast-grep.github.io",
  kinds: ["nix"],
  scope: "files",
  config: { path: "nix/config/nix-rules/sgconfig.yml", flag: "--config", after: "subcommand" },
  from: {
    npm: {
      package: "@ast-grep/cli",
      kind: "native",
      bin: "@ast-grep/cli-{platform}/ast-grep",
      platforms: {
        "linux-x64": "linux-x64-gnu",
        "linux-arm64": "linux-arm64-gnu",
        "darwin-x64": "darwin-x64",
        "darwin-arm64": "darwin-arm64",
      },
    },
  },
  version: { args: ["--version"], pinned: "0.51.1" },
  check: { args: ["scan", "--json=compact"], subcommand: 1, exits: [0, 1] },
  // The rule without a fix is off: it alone would make it exit with 1.
  fix: { args: ["scan", "--update-all", "--off=syntax"], subcommand: 1, exits: [0] },
  // It spreads its files over the cores itself.
  batch: "all",
  failsOn: "warning",
  parse: parseAstGrep,
});
