import { defineTool } from "../core/tool.ts";

export const dockerfilelint = defineTool({
  name: "dockerfilelint",
  summary: "Checks Dockerfiles where hadolint is not there",
  url: "https://github.com/replicatedhq/dockerfilelint",
  kinds: ["docker"],
  scope: "files",
  from: { npm: { package: "dockerfilelint", kind: "module" } },
  version: { args: [], pinned: "1.8.0" },
  module: true,
  batch: "cores",
  failsOn: "info",
});
