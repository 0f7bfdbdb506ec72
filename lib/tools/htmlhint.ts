import { defineTool } from "../core/tool.ts";

export const htmlhint = defineTool({
  name: "htmlhint",
  summary: "Finds mistakes in HTML",
  url: "https://htmlhint.com",
  kinds: ["html"],
  scope: "files",
  config: { path: "nix/config/htmlhint/htmlhintrc.json" },
  from: { nix: "htmlhint", npm: { package: "htmlhint", kind: "module" } },
  wrapper: { script: "htmlhint/bin/htmlhint", flag: "--config", own: ["-c"] },
  version: { args: ["--version"], pinned: "1.9.2" },
  module: true,
  batch: "cores",
  // Its command line fails on warnings too.
  failsOn: "info",
});
