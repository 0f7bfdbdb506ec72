import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Forget results that were of no use for a while, and the oldest until the cache is small enough",
  flags: {
    days: { type: "number", value: "N", min: 0, summary: "Those of no use for N days (default: 30)" },
  },
  silent: true,
  run: async ({ use, flags, print }) => print(await use.cache.prune(flags.days)),
});
