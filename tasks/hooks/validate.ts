import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Say what is wrong with the hook files and the settings of hooks",
  silent: true,
  run: async ({ use, print }) => print(await use.hooks.validate()),
});
