import { defineTool } from "../core/tool.ts";

export const shfmt = defineTool({
  name: "shfmt",
  summary: "Formats shell scripts",
  url: "https://github.com/mvdan/sh",
  kinds: ["shell"],
  scope: "files",
  from: { nix: "shfmt", npm: { package: "sh-syntax", kind: "module" } },
  wrapper: { args: ["-i", "4", "-ci", "-sr", "-kp", "-bn"] },
  version: { args: ["--version"], pinned: "0.7.0" },
  module: true,
  batch: "cores",
  failsOn: "error",
});
