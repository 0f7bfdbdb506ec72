import { fileKinds } from "../core/file-kind.ts";
import { defineTool } from "../core/tool.ts";
import { parseGitleaks } from "./parsers/gitleaks.ts";

export const gitleaks = defineTool({
  name: "gitleaks",
  summary: "Finds secrets, beside secretlint where it is asked for",
  url: "https://gitleaks.io",
  kinds: fileKinds,
  scope: "files",
  config: { path: "nix/config/gitleaks/gitleaks.toml", flag: "--config", after: "subcommand" },
  from: { nix: "gitleaks" },
  wrapper: { own: ["-c"] },
  version: { args: ["version"], pinned: "8.30.1", oldest: "8.19.0" },
  check: {
    args: [
      "dir",
      "--no-banner",
      "--no-color",
      "--redact",
      "--gitleaks-ignore-path=/dev/null",
      "--report-format=json",
      "--report-path=-",
    ],
    subcommand: 1,
    exits: [0, 1],
  },
  // Given two paths it scans the folder that it stands in instead, without a word.
  batch: "one",
  failsOn: "error",
  onRequest: true,
  columns: "bytes",
  parse: parseGitleaks,
});
