import { defineTool } from "../core/tool.ts";
import { parseGolangciLint } from "./parsers/golangci-lint.ts";

export const golangciLint = defineTool({
  name: "golangci-lint",
  summary: "Runs many Go linters at once",
  url: "https://golangci-lint.run",
  kinds: ["go"],
  scope: "project",
  roots: ["go.mod"],
  config: { path: "nix/config/golangci-lint/golangci.yml", flag: "--config", after: "subcommand" },
  from: { nix: "golangci-lint" },
  wrapper: { subcommands: ["run", "fmt", "linters", "formatters", "config"], own: ["-c", "--no-config"] },
  version: { args: ["--version"], pinned: "2.12.2", oldest: "2.1.0" },
  check: {
    args: [
      "run",
      "--output.json.path=stdout",
      "--show-stats=false",
      // Else paths are relative to the config, which is not where the code is.
      "--path-mode=abs",
      "--allow-parallel-runners",
      "./...",
    ],
    subcommand: 1,
    // 7: a linter logged an error; what it found stands in the output all the same.
    exits: [0, 1, 7],
  },
  env: { GOTOOLCHAIN: "local", GOENV: "off", GOFLAGS: "-buildvcs=false" },
  batch: "all",
  failsOn: "warning",
  columns: "bytes",
  readsOthers: true,
  standIn: "staticcheck",
  parse: parseGolangciLint,
});
