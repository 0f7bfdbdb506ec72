import { defineTool } from "../core/tool.ts";

export const markdownlint = defineTool({
  name: "markdownlint",
  summary: "Checks the structure of Markdown",
  url: "https://github.com/DavidAnson/markdownlint",
  kinds: ["markdown"],
  scope: "files",
  config: { path: "nix/config/markdownlint/.markdownlint.yaml" },
  from: { nix: "markdownlint-cli2", npm: { package: "markdownlint", kind: "module" } },
  wrapper: { program: "markdownlint-cli2", flag: "--config" },
  version: { args: ["--version"], pinned: "0.42.1" },
  module: true,
  batch: "cores",
  filesPerStart: 40,
  failsOn: "error",
});
