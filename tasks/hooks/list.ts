import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Show the jobs of the git hooks",
  args: { hooks: { summary: "Only of these hooks", variadic: true, complete: "hook" } },
  flags: { json: { type: "boolean", summary: "As JSON" } },
  silent: true,
  run: async ({ use, params, flags, print }) => print(await use.hooks.list(params.hooks, flags.json)),
});
