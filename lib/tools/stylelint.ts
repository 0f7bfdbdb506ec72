import { defineTool } from "../core/tool.ts";

export const stylelint = defineTool({
  name: "stylelint",
  summary: "Finds mistakes in CSS and SCSS",
  url: "https://stylelint.io",
  kinds: ["css", "scss"],
  scope: "files",
  config: { path: "nix/config/stylelint/stylelint.config.json" },
  from: { nix: "stylelint", npm: { package: "stylelint", kind: "module" } },
  wrapper: { script: "stylelint/bin/stylelint.mjs", flag: "--config", own: ["-c"] },
  version: { args: ["--version"], pinned: "18.0.0" },
  module: true,
  batch: "cores",
  filesPerStart: 40,
  failsOn: "error",
});
