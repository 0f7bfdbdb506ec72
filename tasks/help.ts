import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Show all tasks by domain, or what one takes",
  aliases: ["h", "?"],
  args: { task: { summary: "A task", complete: "task" } },
  silent: true,
  light: true,
  run: async ({ use, params, print }) => {
    print(await use.about({ kind: "help", ...(params.task === undefined ? {} : { task: params.task }) }));
  },
});
