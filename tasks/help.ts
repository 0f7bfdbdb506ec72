import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Show all tasks by domain, or what one takes",
  aliases: ["h", "?"],
  args: { tasks: { summary: "A task, or several", variadic: true, complete: "task" } },
  examples: ["k help lint", "k help hooks install"],
  silent: true,
  light: true,
  run: async ({ use, params, print }) => {
    print(await use.about({ kind: "help", tasks: params.tasks }));
  },
});
