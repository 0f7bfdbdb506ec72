import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "The same for this repository alone, at once",
  aliases: ["sq"],
  silent: true,
  run: ({ use }) => use.setup.verify({ quick: true, summary: false }),
});
