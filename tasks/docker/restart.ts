import { defineTask, engineAlone, engineFlags, waitFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Stop the development container, then start it",
  aliases: ["dr"],
  flags: { ...engineFlags, ...waitFlags },
  locks: [engineAlone],
  run: ({ use, flags }) => use.docker.restart(flags),
});
