import { defineTask, engineAlone, engineFlags, waitFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Build the development container anew, without a cache, and start it",
  aliases: ["drb"],
  flags: { ...engineFlags, ...waitFlags },
  locks: [engineAlone],
  run: ({ use, flags }) => use.docker.rebuild(flags),
});
