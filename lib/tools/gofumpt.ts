import { defineTool } from "../core/tool.ts";
import { parseGofumpt } from "./parsers/gofumpt.ts";

export const gofumpt = defineTool({
  name: "gofumpt",
  summary: "Formats Go, stricter than gofmt",
  url: "https://github.com/mvdan/gofumpt",
  kinds: ["go"],
  scope: "files",
  from: { nix: "gofumpt" },
  version: { args: ["-version"], pinned: "0.10.0", oldest: "0.6.0" },
  // It formats copies, which have no go.mod beside them to tell the language version.
  format: { args: ["-w", "-lang=go1.22"], exits: [0, 1, 2] },
  batch: "all",
  failsOn: "error",
  columns: "bytes",
  standIn: "gofmt",
  parse: parseGofumpt,
});
