import { defineTool } from "../core/tool.ts";

export const cspell = defineTool({
  name: "cspell",
  summary: "Checks spelling in prose and code",
  url: "https://cspell.org",
  kinds: ["markdown", "text", "javascript", "typescript", "python", "go", "rust"],
  scope: "files",
  config: { path: "nix/config/cspell/cspell.json" },
  from: { npm: { package: "cspell", kind: "module" } },
  wrapper: {
    script: "cspell/bin.mjs",
    flag: "--config",
    subcommands: ["lint", "trace", "check", "suggestions", "dictionaries"],
    without: ["init", "link", "help"],
    own: ["-c"],
  },
  version: { args: ["--version"], pinned: "10.4.0" },
  module: true,
  // It merges the settings of the user's home into those it is given, and has no switch for that.
  env: { HOME: "/nonexistent", XDG_CONFIG_HOME: "/nonexistent" },
  batch: "cores",
  // Its dictionaries take a second to load.
  filesPerStart: 200,
  failsOn: "warning",
  // A project that never had a word list has a hundred right words in it that no dictionary knows.
  onRequest: true,
});
