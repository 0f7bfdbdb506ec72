import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Show what is kept of earlier runs, and where",
  flags: { json: { type: "boolean", summary: "As JSON" } },
  silent: true,
  run: async ({ use, flags, print }) => print(await use.cache.status(flags.json)),
});
