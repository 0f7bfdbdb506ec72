import { defineTask, engineFlags, engineShared } from "../../../../lib/task.ts";

export default defineTask({
  summary: "Build the image for this engine as bake.hcl says, tagged local and dev",
  aliases: ["dbbl"],
  flags: engineFlags,
  locks: [engineShared],
  run: ({ use, flags }) => use.docker.bake({ ...flags, targets: ["konductor-local"], push: false }),
});
