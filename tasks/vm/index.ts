import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "List the virtual machines",
  silent: true,
  run: async ({ use, print }) => print(await use.vm.list(false)),
});
