import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Run a command in the virtual machine; k ends with its exit code",
  takesCommand: "of-a-program",
  flags: machineFlags,
  examples: ["k vm exec uname -a", "echo hello | k vm exec --name debian cat"],
  interactive: true,
  silent: true,
  run: ({ use, flags, args }) => use.vm.ssh(flags.name, args),
});
