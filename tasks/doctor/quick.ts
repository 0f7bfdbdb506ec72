import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Check this machine and project, without the network, daemons and evaluation",
  aliases: ["dq"],
  flags: {
    fix: { type: "boolean", summary: "Mend what is safe to mend, asking first (--yes: without asking)" },
    json: { type: "boolean", summary: "As JSON" },
  },
  silent: true,
  lenient: true,
  run: ({ use, flags }) => use.health.doctor({ of: "all", quick: true, ...flags }),
});
