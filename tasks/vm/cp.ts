import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Copy files between host and guest; a path of the guest begins with a colon",
  args: {
    from: { summary: "A file or folder", required: true, complete: "file" },
    to: { summary: "Where to", required: true, complete: "file" },
  },
  flags: machineFlags,
  examples: ["k vm cp notes.txt :/tmp/", "k vm cp :/var/log/cloud-init.log ."],
  run: ({ use, flags, params }) => use.vm.copy(flags.name, params.from, params.to),
});
