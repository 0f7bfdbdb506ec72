import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "List the snapshots of a virtual machine",
  flags: machineFlags,
  silent: true,
  run: async ({ use, flags, print }) => print(await use.vm.listSnapshots(flags.name)),
});
