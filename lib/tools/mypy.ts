import { defineTool } from "../core/tool.ts";
import { moduleGroups } from "./parsers/mypy-modules.ts";
import { parseMypy } from "./parsers/mypy.ts";

export const mypy = defineTool({
  name: "mypy",
  summary: "Checks the types of Python",
  url: "https://mypy-lang.org",
  kinds: ["python"],
  scope: "files",
  config: { path: "nix/config/mypy/mypy.ini", flag: "--config-file" },
  from: { nix: "mypy", apt: "mypy" },
  version: { args: ["--version"], pinned: "1.20.1", oldest: "1.0.1" },
  check: {
    // 1.0 has no `--output json`, so its text is made as plain as it goes.
    args: [
      "--cache-dir={cache}",
      "--follow-imports=silent",
      "--scripts-are-modules",
      "--no-pretty",
      "--no-color-output",
      "--no-error-summary",
      "--hide-error-context",
      "--show-column-numbers",
      "--show-error-codes",
      "--show-error-end",
    ],
    // 2: it stopped at a file that it cannot parse.
    exits: [0, 1, 2],
  },
  env: { MYPYPATH: "", PYTHONUTF8: "1" },
  batch: "all",
  failsOn: "error",
  columns: "bytes",
  readsOthers: true,
  stopsAtSyntax: true,
  groups: moduleGroups,
  parse: parseMypy,
});
