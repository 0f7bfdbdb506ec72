import { defineTask, engineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "List the images of this project",
  aliases: ["di"],
  flags: { ...engineFlags, json: { type: "boolean", summary: "As JSON" } },
  silent: true,
  run: async ({ use, flags, print }) => print(await use.docker.images(flags)),
});
