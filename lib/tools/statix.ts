import { defineTool } from "../core/tool.ts";
import { parseStatix } from "./parsers/statix.ts";

export const statix = defineTool({
  name: "statix",
  summary: "Finds antipatterns in Nix",
  url: "https://github.com/oppiliappan/statix",
  kinds: ["nix"],
  // It passes over other names in silence.
  paths: ["**/*.nix"],
  scope: "files",
  config: { path: "nix/config/statix/statix.toml", flag: "--config", after: "subcommand" },
  from: { nix: "statix" },
  wrapper: { subcommands: ["check", "fix", "single"], own: ["-c"] },
  version: { args: ["--version"], pinned: "0.5.8", oldest: "0.5.6" },
  check: { args: ["check", "--format", "json", "--unrestricted"], subcommand: 1, exits: [0, 1] },
  fix: { args: ["fix", "--unrestricted"], subcommand: 1, exits: [0] },
  // It takes one target.
  batch: "one",
  failsOn: "info",
  columns: "bytes",
  standIn: "nix-rules",
  parse: parseStatix,
});
