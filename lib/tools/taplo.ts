import { defineTool } from "../core/tool.ts";

/**
 * taplo's own library takes half a second and 300 MB to start, breaks on an empty file and gives duplicate keys no
 * place. So its formatter comes from a smaller build of the same code, and what is wrong is said by a parser.
 */
export const taplo = defineTool({
  name: "taplo",
  summary: "Checks and formats TOML",
  url: "https://taplo.tamasfe.dev",
  kinds: ["toml"],
  scope: "files",
  config: { path: "nix/config/taplo/taplo.toml" },
  from: { nix: "taplo", npm: { package: "@wasm-fmt/taplo_fmt", kind: "module" } },
  wrapper: { env: "TAPLO_CONFIG" },
  version: { args: ["--version"], pinned: "0.2.5" },
  module: true,
  batch: "cores",
  failsOn: "error",
});
