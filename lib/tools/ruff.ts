import { defineTool } from "../core/tool.ts";

export const ruff = defineTool({
  name: "ruff",
  summary: "Lints and formats Python",
  url: "https://docs.astral.sh/ruff",
  kinds: ["python"],
  scope: "files",
  config: { path: "nix/config/ruff/ruff.toml" },
  from: { nix: "ruff", npm: { package: "@astral-sh/ruff-wasm-nodejs", kind: "module" } },
  wrapper: { flag: "--config", subcommands: ["check", "format", "analyze"], own: ["--isolated"], inline: true },
  version: { args: ["--version"], pinned: "0.17.4" },
  module: true,
  batch: "cores",
  failsOn: "error",
});
