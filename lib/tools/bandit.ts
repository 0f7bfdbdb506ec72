import { defineTool } from "../core/tool.ts";
import { parseBandit } from "./parsers/bandit.ts";

export const bandit = defineTool({
  name: "bandit",
  summary: "Finds security problems in Python",
  url: "https://bandit.readthedocs.io",
  kinds: ["python"],
  scope: "files",
  config: { path: "nix/config/bandit/bandit.yaml", flag: "--configfile" },
  from: { nix: "bandit", apt: "bandit" },
  wrapper: { own: ["-c"] },
  version: { args: ["--version"], pinned: "1.9.4", oldest: "1.6.2" },
  check: { args: ["--quiet", "--format", "json"], exits: [0, 1] },
  env: { PYTHONUTF8: "1" },
  batch: "cores",
  failsOn: "info",
  columns: "bytes",
  parse: parseBandit,
});
