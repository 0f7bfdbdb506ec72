import { defineTool } from "../core/tool.ts";

export const eslint = defineTool({
  name: "eslint",
  summary: "Finds mistakes in JavaScript and TypeScript",
  url: "https://eslint.org",
  kinds: ["javascript", "typescript"],
  scope: "files",
  config: { path: "nix/config/eslint/eslint.config.js" },
  from: { nix: "eslint", npm: { package: "eslint", kind: "module" } },
  wrapper: { script: "eslint/bin/eslint.js", flag: "--config", own: ["-c"] },
  version: { args: ["--version"], pinned: "10.15.0" },
  module: true,
  batch: "cores",
  // It takes half a second to load, which is what a hundred small files take.
  filesPerStart: 100,
  failsOn: "error",
});
