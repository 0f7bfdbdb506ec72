import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Remove what k keeps for this project: logs of runs, leftovers, built files",
  description:
    "Says what would go and how much it is, then asks. With --all also what k keeps on this machine for you: results of " +
    "tools, and the logs of other projects. Files of yours, trust, virtual machines and runs that go on stay.",
  aliases: ["c"],
  flags: { all: { type: "boolean", summary: "Also what k keeps on this machine, for all projects" } },
  examples: ["k clean --dry-run", "k clean --yes", "k clean --all"],
  silent: true,
  interactive: true,
  previews: true,
  locks: [{ name: "worktree-write", mode: "exclusive", machine: true }],
  run: ({ use, flags }) => use.clean.run({ all: flags.all }),
});
