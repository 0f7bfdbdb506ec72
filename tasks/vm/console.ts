import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Open the guest's console on this terminal; Ctrl-] leaves it",
  flags: machineFlags,
  interactive: true,
  silent: true,
  run: ({ use, flags }) => use.vm.console(flags.name),
});
