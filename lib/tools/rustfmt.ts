import { defineTool } from "../core/tool.ts";
import { parseRustfmt } from "./parsers/rustfmt.ts";

export const rustfmt = defineTool({
  name: "rustfmt",
  summary: "Formats Rust",
  url: "https://rust-lang.github.io/rustfmt",
  kinds: ["rust"],
  scope: "files",
  config: { path: "nix/config/rustfmt/rustfmt.toml", flag: "--config-path" },
  from: { nix: "rustfmt", apt: "rustfmt" },
  version: { args: ["--version"], pinned: "1.8.0", oldest: "1.5.1" },
  format: {
    // It would else format the file behind each `mod x;` too, and refuse a file whose neighbour is not there.
    args: ["--color", "never", "--config", "skip_children=true"],
    exits: [0, 1],
  },
  batch: "all",
  failsOn: "error",
  parse: parseRustfmt,
});
