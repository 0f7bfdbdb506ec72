import { defineTask, engineFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Have this user's builds take the engine's own builder again",
  aliases: ["ddr"],
  flags: engineFlags,
  run: ({ use, flags }) => use.docker.driver("reset", flags),
});
