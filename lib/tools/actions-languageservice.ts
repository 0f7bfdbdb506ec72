import { defineTool } from "../core/tool.ts";

export const actionsLanguageservice = defineTool({
  name: "actions-languageservice",
  summary: "Checks GitHub Actions workflows where actionlint is not there",
  url: "https://github.com/actions/languageservices",
  kinds: ["workflow"],
  scope: "files",
  from: { npm: { package: "@actions/languageservice", kind: "module" } },
  version: { args: [], pinned: "0.3.61" },
  module: true,
  batch: "cores",
  failsOn: "error",
});
