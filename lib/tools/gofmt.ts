import { defineTool } from "../core/tool.ts";

export const gofmt = defineTool({
  name: "gofmt",
  summary: "Formats Go, as Go itself does",
  url: "https://pkg.go.dev/cmd/gofmt",
  kinds: ["go"],
  scope: "files",
  from: { nix: "go", npm: { package: "@wasm-fmt/gofmt", kind: "module" } },
  version: { args: [], pinned: "0.7.3" },
  module: true,
  batch: "cores",
  failsOn: "error",
});
