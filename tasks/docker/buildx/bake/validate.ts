import { defineTask, engineFlags } from "../../../../lib/task.ts";

export default defineTask({
  summary: "Check that what bake.hcl says can be built: stages, arguments, tags, a base for every platform",
  aliases: ["dbbv"],
  flags: engineFlags,
  run: ({ use, flags }) => use.docker.validateBake(flags),
});
