import { defineTool } from "../core/tool.ts";
import { parseBlack } from "./parsers/black.ts";

export const black = defineTool({
  name: "black",
  summary: "Formats Python, in place of ruff where a project asks for it",
  url: "https://black.readthedocs.io",
  kinds: ["python"],
  scope: "files",
  config: { path: "nix/config/black/black.toml", flag: "--config" },
  from: { nix: "black", apt: "black" },
  version: { args: ["--version"], pinned: "25.1.0", oldest: "23.1.0" },
  // 123: some files could not be parsed; the others are formatted.
  format: { args: ["--quiet"], exits: [0, 123] },
  // It would else remember in the user's cache which copies it has seen.
  env: { BLACK_CACHE_DIR: "/dev/null", PYTHONUTF8: "1" },
  batch: "all",
  failsOn: "error",
  onRequest: true,
  parse: parseBlack,
});
