import { defineTool } from "../core/tool.ts";

export const commitlint = defineTool({
  name: "commitlint",
  summary: "Checks that a commit message is a Conventional Commit",
  url: "https://commitlint.js.org",
  // No file of a project is a commit message: the hook and its task hand one over.
  kinds: [],
  scope: "files",
  config: { path: "nix/config/commitlint/commitlint.config.js" },
  from: { nix: "commitlint", npm: { package: "@commitlint/lint", kind: "module" } },
  wrapper: { flag: "--config", own: ["-g"] },
  version: { args: ["--version"], pinned: "21.2.4" },
  module: true,
  batch: "all",
  failsOn: "error",
});
