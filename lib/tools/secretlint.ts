import { fileKinds } from "../core/file-kind.ts";
import { defineTool } from "../core/tool.ts";

export const secretlint = defineTool({
  name: "secretlint",
  summary: "Finds passwords, keys and tokens",
  url: "https://github.com/secretlint/secretlint",
  kinds: fileKinds,
  scope: "files",
  config: { path: "nix/config/secretlint/secretlintrc.json" },
  from: { npm: { package: "secretlint", kind: "module" } },
  wrapper: { script: "secretlint/bin/secretlint.js", flag: "--secretlintrc" },
  version: { args: ["--version"], pinned: "13.0.6" },
  module: true,
  batch: "cores",
  failsOn: "error",
});
