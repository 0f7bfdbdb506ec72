import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Forget all results of earlier runs",
  silent: true,
  run: async ({ use, print }) => print(await use.cache.clean()),
});
