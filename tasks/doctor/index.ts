import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Check this machine and project, and say what mends each fault",
  description:
    "Runs every check at once and shows what it found, gravest last. Fails only where something critical is not as it " +
    "must be. --fix does what is safe: it asks before each, and keeps a copy of each file that it changes.",
  aliases: ["doc"],
  examples: ["k doctor", "k doctor --fix", "k doctor --json | jq '.checks[] | select(.status == \"bad\")'"],
  flags: {
    quick: { type: "boolean", summary: "Without the network, daemons and evaluation" },
    fix: { type: "boolean", summary: "Mend what is safe to mend, asking first (--yes: without asking)" },
    json: { type: "boolean", summary: "As JSON" },
  },
  silent: true,
  lenient: true,
  run: ({ use, flags }) => use.health.doctor({ of: "all", ...flags }),
});
