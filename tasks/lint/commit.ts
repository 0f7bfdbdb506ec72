import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Check the messages of the commits that this branch adds",
  description: "Conventional Commits; types, scopes and length are set by [commit] in konductor.toml.",
  aliases: ["lc", "lint:commitlint"],
  onRequest: true,
  flags: {
    since: { type: "text", value: "REF", summary: "Commits since REF, instead of since the upstream or main" },
    format: {
      type: "text",
      value: "FORMAT",
      choices: ["pretty", "json", "sarif", "github", "junit"],
      summary: "In which form findings are printed",
    },
  },
  run: ({ use, flags }) => use.lintCommits(flags.since),
});
