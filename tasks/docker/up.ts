import { defineTask, engineAlone, engineFlags, waitFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Start the development container, and wait until it is healthy",
  aliases: ["du"],
  flags: { ...engineFlags, ...waitFlags },
  locks: [engineAlone],
  run: ({ use, flags }) => use.docker.up(flags),
});
