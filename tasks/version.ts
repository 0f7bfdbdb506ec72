import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Print the versions of k and of what it runs on",
  aliases: ["v"],
  silent: true,
  light: true,
  run: async ({ use, print }) => {
    print(await use.about({ kind: "version" }));
  },
});
