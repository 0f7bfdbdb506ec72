import { defineTool } from "../core/tool.ts";
import { parseTsc } from "./parsers/tsc.ts";

export const tsc = defineTool({
  name: "tsc",
  summary: "Checks the types of TypeScript projects",
  url: "https://www.typescriptlang.org",
  kinds: ["typescript"],
  scope: "project",
  roots: ["tsconfig.json"],
  from: {
    nix: "typescript",
    npm: {
      package: "typescript-7",
      kind: "native",
      bin: "@typescript/typescript-{platform}/lib/tsc",
      platforms: {
        "linux-x64": "linux-x64",
        "linux-arm64": "linux-arm64",
        "darwin-x64": "darwin-x64",
        "darwin-arm64": "darwin-arm64",
      },
    },
  },
  version: { args: ["--version"], pinned: "7.0.2" },
  check: {
    args: [
      "--project",
      ".",
      "--noEmit",
      "--pretty",
      "false",
      "--locale",
      "en",
      // A project that builds step by step would get its state file rewritten, by a check.
      "--incremental",
      "false",
      "--composite",
      "false",
      "--tsBuildInfoFile",
      "null",
    ],
    exits: [0, 1, 2],
  },
  batch: "all",
  failsOn: "error",
  columns: "utf16",
  // It needs the packages that the project depends on, which a fresh clone does not have.
  onRequest: true,
  parse: parseTsc,
});
