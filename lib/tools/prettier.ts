import { defineTool } from "../core/tool.ts";

/**
 * Its config keeps the line breaks of prose as they are: to wrap them anew makes a diff of a whole paragraph out of
 * one changed word. For JavaScript, TypeScript and JSON, which biome owns, it has biome's style, so that code blocks
 * in Markdown look like code in files.
 */
export const prettier = defineTool({
  name: "prettier",
  summary: "Formats Markdown, YAML, HTML and CSS",
  url: "https://prettier.io",
  kinds: ["markdown", "yaml", "html", "css", "scss", "less"],
  scope: "files",
  config: { path: "nix/config/prettier/prettier.config.json" },
  from: { nix: "prettier", npm: { package: "prettier", kind: "module" } },
  wrapper: {
    script: "prettier/bin/prettier.cjs",
    flag: "--config",
    args: ["--no-editorconfig"],
    own: ["--no-config", "--find-config-path"],
  },
  version: { args: ["--version"], pinned: "3.10.1" },
  module: true,
  batch: "cores",
  filesPerStart: 40,
  failsOn: "error",
});
