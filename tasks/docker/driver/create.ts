import { defineTask, engineFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Make and start a builder of its own, which can build for several architectures at once",
  aliases: ["ddc"],
  flags: engineFlags,
  run: ({ use, flags }) => use.docker.driver("create", flags),
});
