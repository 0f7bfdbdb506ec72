import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Take the git hooks of k away, and bring back what was there before",
  args: { hooks: { summary: "Only these; all where none is given", variadic: true, complete: "hook" } },
  silent: true,
  run: async ({ use, params, print }) => print(await use.hooks.uninstall(params.hooks)),
});
