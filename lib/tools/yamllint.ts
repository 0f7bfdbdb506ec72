import { defineTool } from "../core/tool.ts";
import { parseYamllint } from "./parsers/yamllint.ts";

export const yamllint = defineTool({
  name: "yamllint",
  summary: "Checks YAML for validity, doubled keys and style",
  url: "https://yamllint.readthedocs.io",
  kinds: ["yaml"],
  scope: "files",
  config: { path: "nix/config/yamllint/yamllint.yaml", flag: "--config-file" },
  from: { nix: "yamllint", apt: "yamllint" },
  wrapper: { own: ["-c", "-d", "--config-data"] },
  version: { args: ["--version"], pinned: "1.37.1", oldest: "1.29.0" },
  check: { args: ["--format", "parsable"], exits: [0, 1] },
  // Python would else decode files as the locale says.
  env: { PYTHONUTF8: "1" },
  batch: "cores",
  failsOn: "error",
  parse: parseYamllint,
});
