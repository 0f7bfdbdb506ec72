import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Say what of setup is left, and what to do next",
  aliases: ["ss"],
  silent: true,
  run: ({ use }) => use.setup.verify({ quick: false, summary: true }),
});
