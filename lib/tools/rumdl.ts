import { defineTool } from "../core/tool.ts";
import { parseRumdl } from "./parsers/rumdl.ts";
import { leadsNowhere } from "./text/links.ts";

export const rumdl = defineTool({
  name: "rumdl",
  summary: "Finds links to files and headings that are not there, where lychee is not",
  url: "https://rumdl.dev",
  kinds: ["markdown"],
  scope: "files",
  from: {
    npm: {
      package: "rumdl",
      kind: "native",
      bin: "@rumdl/cli-{platform}/rumdl",
      platforms: {
        "linux-x64": "linux-x64",
        "linux-arm64": "linux-arm64",
        "darwin-x64": "darwin-x64",
        "darwin-arm64": "darwin-arm64",
      },
    },
  },
  version: { args: ["--version"], pinned: "0.2.75" },
  // Only the rules on links: markdownlint does the rest. `--isolated` keeps a project's own config out.
  check: {
    args: ["check", "--isolated", "--no-cache", "--no-exclude", "--enable", "MD051,MD057", "--output-format", "json"],
    subcommand: 1,
    // 2: a file could not be read; the others were checked.
    exits: [0, 1, 2],
  },
  // It spreads its files over the cores itself.
  batch: "all",
  failsOn: "error",
  readsOthers: true,
  standsAlone: leadsNowhere,
  parse: parseRumdl,
});
