import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Say of a task or a file whether its results are known, and what changed where they are not",
  args: { about: { summary: "A task such as lint:bash, or files", required: true, variadic: true, complete: "task" } },
  examples: ["k cache why lint:python:mypy", "k cache why src/main.py"],
  silent: true,
  run: async ({ use, params, print }) => print(await use.cache.why(params.about)),
});
