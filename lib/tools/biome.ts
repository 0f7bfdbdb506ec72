import { defineTool } from "../core/tool.ts";
import { parseBiome } from "./parsers/biome.ts";

// The JSON reporter alone names the file of a fault without a place; `--max-diagnostics` is 20 unless said.
const common = ["--reporter=json", "--max-diagnostics=none", "--colors=off", "--no-errors-on-unmatched"];

export const biome = defineTool({
  name: "biome",
  summary: "Lints and formats JavaScript, TypeScript and JSON",
  url: "https://biomejs.dev",
  kinds: ["javascript", "typescript", "json", "jsonc"],
  // By name alone: biome has no way to be told what an unknown name holds, and passes over it in silence.
  paths: [
    "**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}",
    "**/*.{json,jsonc,jsonld,webmanifest,code-workspace,code-snippets,sublime-project,sublime-settings}",
  ],
  scope: "files",
  // With `vcs` on, biome looks for an ignore file beside its config. A second `root` config in the project would end it:
  // the `!!` patterns of the config keep it from looking at any.
  config: { path: "nix/config/biome/biome.json", flag: "--config-path", after: "subcommand" },
  from: {
    nix: "biome",
    npm: {
      package: "@biomejs/biome",
      kind: "native",
      bin: "@biomejs/cli-{platform}/biome",
      platforms: {
        "linux-x64": "linux-x64",
        "linux-arm64": "linux-arm64",
        "darwin-x64": "darwin-x64",
        "darwin-arm64": "darwin-arm64",
      },
    },
  },
  wrapper: { env: "BIOME_CONFIG_PATH" },
  version: { args: ["--version"], pinned: "2.6.8", oldest: "2.3.8" },
  check: { args: ["lint", ...common], subcommand: 1, exits: [0, 1] },
  fix: { args: ["lint", "--write", ...common], subcommand: 1, exits: [0, 1] },
  format: { args: ["format", "--write", ...common], subcommand: 1, exits: [0, 1] },
  // biome spreads its files over the cores itself.
  batch: "all",
  // It turns rules on by what a package depends on, and knows its modules by these.
  besides: ["package.json", "tsconfig*.json", "jsconfig.json", "biome.json", "biome.jsonc"],
  failsOn: "error",
  parse: parseBiome,
});
