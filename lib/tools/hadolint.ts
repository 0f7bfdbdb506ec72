import { defineTool } from "../core/tool.ts";
import { parseHadolint } from "./parsers/hadolint.ts";

export const hadolint = defineTool({
  name: "hadolint",
  summary: "Checks Dockerfiles and the shell in them",
  url: "https://github.com/hadolint/hadolint",
  kinds: ["docker"],
  scope: "files",
  config: { path: "nix/config/hadolint/hadolint.yaml", flag: "--config" },
  from: { nix: "hadolint" },
  wrapper: { own: ["-c"] },
  version: { args: ["--version"], pinned: "2.14.0", oldest: "2.12.0" },
  check: { args: ["--format", "json"], exits: [0, 1] },
  // An empty value counts as unset for the format and for lists, and as false for the rest.
  env: {
    LC_ALL: "C.UTF-8",
    HADOLINT_FORMAT: "",
    HADOLINT_IGNORE: "",
    HADOLINT_NOFAIL: "",
    HADOLINT_VERBOSE: "",
    HADOLINT_STRICT_LABELS: "",
    HADOLINT_DISABLE_IGNORE_PRAGMA: "",
    HADOLINT_OVERRIDE_ERROR: "",
    HADOLINT_OVERRIDE_WARNING: "",
    HADOLINT_OVERRIDE_INFO: "",
    HADOLINT_OVERRIDE_STYLE: "",
  },
  batch: "cores",
  failsOn: "info",
  standIn: "dockerfilelint",
  parse: parseHadolint,
});
