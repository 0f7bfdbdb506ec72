import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Say how each step of setup stands, and fail where this repository is not ready",
  aliases: ["sv"],
  silent: true,
  run: ({ use }) => use.setup.verify({ quick: false, summary: false }),
});
