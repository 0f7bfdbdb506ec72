import { defineTask, engineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Show the container engine, and this project's containers and images in it",
  flags: engineFlags,
  silent: true,
  run: async ({ use, flags, print }) => print(await use.docker.status({ ...flags, json: false })),
});
