import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "List the virtual machines, their state, ports and snapshots",
  flags: { json: { type: "boolean", summary: "As JSON" } },
  silent: true,
  run: async ({ use, flags, print }) => print(await use.vm.list(flags.json)),
});
