import { defineTool } from "../core/tool.ts";
import { parseShellcheck } from "./parsers/shellcheck.ts";

// 0.9 has no `--rcfile`, so what nix/config/shellcheck/shellcheckrc says is said in flags; a test holds the two equal.
// Each of these checks is off unless asked for. Left out: quote-safe-variables and require-variable-braces (they forbid
// plain `$x`), check-set-e-suppressed and check-extra-masked-returns (they fire on each `if f` and `local x=$(f)`), and
// check-unassigned-uppercase (environment variables are never assigned in a script).
const optional = [
  "add-default-case",
  "avoid-nullary-conditions",
  "deprecate-which",
  "require-double-brackets",
  "useless-use-of-cat",
];

export const shellcheck = defineTool({
  name: "shellcheck",
  summary: "Finds mistakes in shell scripts",
  url: "https://www.shellcheck.net",
  kinds: ["shell"],
  scope: "files",
  from: { nix: "shellcheck", apt: "shellcheck" },
  wrapper: { config: "nix/config/shellcheck/shellcheckrc", flag: "--rcfile", own: ["--norc"] },
  version: { args: ["--version"], pinned: "0.11.0", oldest: "0.9.0" },
  check: {
    args: [
      "--norc",
      // Without it a sourced file counts only if it happens to be in the same call.
      "--external-sources",
      "--source-path=SCRIPTDIR",
      `--enable=${optional.join(",")}`,
      // That a sourced file is not there depends on the machine: /etc/os-release, ~/.cargo/env.
      "--exclude=SC1091",
      "--format=json1",
    ],
    // 2: a file could not be read; the others were checked.
    exits: [0, 1, 2],
  },
  env: { SHELLCHECK_OPTS: "", LC_ALL: "C.UTF-8" },
  batch: "cores",
  failsOn: "info",
  readsOthers: true,
  // It reads what a script sources.
  standsAlone: (text) => !/(^|[\s;&|({`"'])(source|\.)\s|shellcheck\s+source/m.test(text),
  parse: parseShellcheck,
});
