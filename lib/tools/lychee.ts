import { defineTool } from "../core/tool.ts";
import { parseLychee } from "./parsers/lychee.ts";
import { leadsNowhere } from "./text/links.ts";

export const lychee = defineTool({
  name: "lychee",
  summary: "Finds links to files and headings that are not there",
  url: "https://lychee.cli.rs",
  kinds: ["markdown", "html"],
  scope: "files",
  config: { path: "nix/config/lychee/lychee.toml", flag: "--config" },
  from: { nix: "lychee" },
  wrapper: { own: ["-c"] },
  version: { args: ["--version"], pinned: "0.24.2", oldest: "0.20.0" },
  check: { args: ["--offline", "--include-fragments", "--no-progress", "--format", "json"], exits: [0, 2] },
  // It works on many files at once itself.
  batch: "all",
  failsOn: "error",
  readsOthers: true,
  standsAlone: leadsNowhere,
  standIn: "rumdl",
  parse: parseLychee,
});
