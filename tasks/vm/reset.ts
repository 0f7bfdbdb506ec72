import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Put the virtual machine back to its image",
  confirm: "what was written in the machine, and its snapshots, will be lost",
  flags: machineFlags,
  run: ({ use, flags }) => use.vm.reset(flags.name),
});
