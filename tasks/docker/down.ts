import { defineTask, engineAlone, engineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Stop and remove the development container; its volumes stay",
  aliases: ["dd"],
  flags: engineFlags,
  locks: [engineAlone],
  run: ({ use, flags }) => use.docker.down(flags),
});
