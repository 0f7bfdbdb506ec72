import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Remove the virtual machine and all its files",
  confirm: "the machine, its disk and its snapshots will be lost",
  flags: machineFlags,
  run: ({ use, flags }) => use.vm.remove(flags.name),
});
