import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Show one virtual machine: its state, image, disk, ssh command and snapshots",
  flags: { ...machineFlags, json: { type: "boolean", summary: "As JSON" } },
  silent: true,
  run: async ({ use, flags, print }) => print(await use.vm.status(flags.name, flags.json)),
});
