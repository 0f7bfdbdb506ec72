import { lintGroup } from "../../lib/task.ts";

export default lintGroup({
  summary: "Run all linters over the project",
  description:
    "Looks at every file that git tracks or would track, each with the linters of its kind. A linter that is not to be had " +
    "is skipped, with the command that brings it; with --strict, and in CI, that is a failure.",
  aliases: ["l"],
  needs: ["lint:*"],
  examples: [
    "k lint src docs/guide.md",
    "k lint --fix --tool ruff,eslint",
    "k lint --new --since origin/main",
    "k lint --format sarif > findings.sarif",
  ],
});
