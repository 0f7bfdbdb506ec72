import { defineTask, engineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Follow what the development container writes",
  aliases: ["dl"],
  flags: {
    ...engineFlags,
    once: { type: "boolean", summary: "Print what there is, and end" },
    lines: { type: "number", short: "l", value: "N", min: 1, summary: "Only the last N lines" },
  },
  interactive: true,
  silent: true,
  run: ({ use, flags }) => use.docker.logs(flags),
});
