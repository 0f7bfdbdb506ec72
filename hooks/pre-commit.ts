import { defineHook, formatJob, toolJob } from "../lib/hook.ts";

const environments = ["venv", ".venv", "site-packages"];
const builds = ["node_modules", "dist", "build"];

export default defineHook({
  summary: "Check what is about to be committed",
  jobs: {
    "file-checks": {
      native: true,
      summary: "Finds conflict markers, large files, broken links, clashing names and stray white space",
      tags: ["files"],
    },
    "secrets-scan": toolJob("secretlint", {
      tags: ["security", "critical"],
      history: true,
      advice: "take it out of the file; one that was ever pushed or shared must be revoked where it was issued",
    }),

    "python-style": toolJob("ruff", { tags: ["python", "lint"], exclude: environments }),
    "python-types": toolJob("mypy", { tags: ["python", "types"], exclude: environments }),
    "python-security": toolJob("bandit", { tags: ["python", "security"], exclude: environments }),
    "python-format": formatJob(["python"], { tags: ["python", "format"], exclude: environments }),

    "js-quality": toolJob("eslint", { tags: ["javascript", "lint"], exclude: builds }),
    "js-style": toolJob("biome", { tags: ["javascript", "style"], exclude: builds }),
    "js-format": formatJob(["javascript", "typescript", "json", "jsonc"], {
      tags: ["javascript", "format"],
      exclude: builds,
    }),
    "prettier-check": formatJob(
      ["css", "html", "javascript", "json", "jsonc", "less", "markdown", "scss", "typescript", "workflow", "yaml"],
      { owner: "prettier", tags: ["format", "style"], exclude: builds }
    ),

    "shell-syntax": toolJob("shellcheck", { tags: ["bash", "lint"] }),
    "shell-format": formatJob(["shell"], { tags: ["bash", "format"] }),
    "yaml-lint": toolJob("yamllint", { tags: ["config", "yaml"], exclude: ["node_modules", ".pnpm-store"] }),
    "toml-lint": toolJob("taplo", { tags: ["config", "toml"] }),
    "toml-format": formatJob(["toml"], { tags: ["config", "toml", "format"] }),

    "nix-format": formatJob(["nix"], { tags: ["nix", "format"] }),
    "nix-lint": toolJob("statix", { tags: ["nix", "lint"] }),
    "nix-deadcode": toolJob("deadnix", { tags: ["nix", "deadcode"] }),

    "markdown-style": toolJob("markdownlint", { tags: ["docs", "markdown"] }),
    "spell-check": toolJob("cspell", {
      tags: ["docs", "spelling"],
      advice: "words that are right in this project go into spell.words of konductor.toml",
    }),
    "markdown-links": toolJob("lychee", { tags: ["docs", "validation"], skip: { during: ["merge", "rebase"] } }),

    "actions-lint": toolJob("actionlint", { tags: ["ci", "github"] }),
    "docker-lint": toolJob("hadolint", { tags: ["docker", "lint"] }),
    "go-lint": toolJob("golangci-lint", { tags: ["go", "lint"] }),
    "go-format": formatJob(["go"], { tags: ["go", "format"] }),
    "rust-format": formatJob(["rust"], { tags: ["rust", "format"] }),
    "html-lint": toolJob("htmlhint", { tags: ["web", "html"] }),
    "css-lint": toolJob("stylelint", { tags: ["web", "css"] }),
  },
});
