import { defineTask, startFlags } from "../../../../lib/task.ts";

export default defineTask({
  summary: "Build the image, put the machine back to it, and start",
  aliases: ["nqd"],
  confirm: "what was written in the machine, and its snapshots, will be lost",
  flags: startFlags,
  run: ({ use, flags }) => use.vm.deploy(flags),
});
