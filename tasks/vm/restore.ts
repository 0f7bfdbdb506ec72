import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Resume a saved machine where it was",
  confirm: "what the machine wrote since the snapshot will be lost",
  args: { snapshot: { summary: "The name of the snapshot", required: true } },
  flags: machineFlags,
  run: ({ use, flags, params }) => use.vm.restore(flags.name, params.snapshot),
});
