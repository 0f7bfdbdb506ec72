import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Show whether the git hooks are installed and fire",
  silent: true,
  run: ({ use }) => use.hooks.status(false),
});
