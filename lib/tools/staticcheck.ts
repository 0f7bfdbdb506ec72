import { defineTool } from "../core/tool.ts";
import { parseStaticcheck } from "./parsers/staticcheck.ts";

export const staticcheck = defineTool({
  name: "staticcheck",
  summary: "Finds mistakes and what can be simpler in Go",
  url: "https://staticcheck.dev",
  kinds: ["go"],
  scope: "project",
  roots: ["go.mod"],
  // Debian has a `staticcheck` of another trade, so there it is `go-staticcheck`.
  from: { nix: "go-tools", apt: "go-staticcheck", program: "staticcheck", alsoCalled: ["go-staticcheck"] },
  version: { args: ["-version"], pinned: "2026.1", oldest: "2023.1" },
  // Checks named here take the place of those in a staticcheck.conf. The style checks (ST…) are left to a project's taste.
  check: { args: ["-f", "json", "-checks", "SA*,S1*,U1*", "./..."], exits: [0, 1] },
  env: { GOTOOLCHAIN: "local", GOENV: "off", GOFLAGS: "-buildvcs=false" },
  batch: "all",
  failsOn: "error",
  columns: "bytes",
  readsOthers: true,
  standIn: "go-vet",
  parse: parseStaticcheck,
});
