import { defineTool } from "../core/tool.ts";
import { parseActionlint } from "./parsers/actionlint.ts";

export const actionlint = defineTool({
  name: "actionlint",
  summary: "Checks GitHub Actions workflows",
  url: "https://github.com/rhysd/actionlint",
  kinds: ["workflow"],
  scope: "files",
  config: { path: "nix/config/actionlint/actionlint.yaml", flag: "-config-file" },
  from: { nix: "actionlint" },
  wrapper: { own: ["--config-file"] },
  version: { args: ["-version"], pinned: "1.7.12", oldest: "1.7.0" },
  check: { args: ["-no-color", "-format", "{{json .}}"], exits: [0, 1] },
  // It runs shellcheck over the scripts in a workflow.
  env: { SHELLCHECK_OPTS: "", LC_ALL: "C.UTF-8" },
  batch: "all",
  failsOn: "error",
  // Reusable workflows and local actions.
  readsOthers: true,
  standIn: "actions-languageservice",
  parse: parseActionlint,
});
