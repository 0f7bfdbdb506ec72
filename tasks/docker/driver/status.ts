import { defineTask, engineFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Show the builders that there are, and how that one stands",
  aliases: ["dds"],
  silent: true,
  flags: engineFlags,
  run: ({ use, flags }) => use.docker.driver("status", flags),
});
