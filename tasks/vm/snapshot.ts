import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Save the running machine: its memory, and its disk as it is now",
  args: { snapshot: { summary: "What to call it", required: true } },
  flags: machineFlags,
  examples: ["k vm snapshot clean", "k vm restore clean"],
  run: ({ use, flags, params }) => use.vm.snapshot(flags.name, params.snapshot),
});
