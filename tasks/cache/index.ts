import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Show what is kept of earlier runs, and where",
  silent: true,
  run: async ({ use, print }) => print(await use.cache.status(false)),
});
