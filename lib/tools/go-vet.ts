import { defineTool } from "../core/tool.ts";
import { parseGoVet } from "./parsers/go-vet.ts";

export const goVet = defineTool({
  name: "go-vet",
  summary: "Finds what Go's own analyzers call suspicious",
  url: "https://pkg.go.dev/cmd/vet",
  kinds: ["go"],
  scope: "project",
  roots: ["go.mod"],
  from: { nix: "go", apt: "golang-go", program: "go" },
  version: { args: ["version"], pinned: "1.24", oldest: "1.19" },
  check: { args: ["vet", "-json", "./..."], subcommand: 1, exits: [0, 1, 2] },
  // No toolchain is fetched, no `go env -w` of the user counts, no version control is asked for a stamp.
  env: { GOTOOLCHAIN: "local", GOENV: "off", GOFLAGS: "-buildvcs=false" },
  batch: "all",
  failsOn: "error",
  columns: "bytes",
  readsOthers: true,
  parse: parseGoVet,
});
