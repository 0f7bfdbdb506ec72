import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Log in to the virtual machine",
  flags: machineFlags,
  interactive: true,
  silent: true,
  run: ({ use, flags }) => use.vm.ssh(flags.name, []),
});
