import { defineTask, startFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Start the virtual machine, and wait until ssh and cloud-init are ready",
  description:
    "The image is not written: the machine has a disk of its own that starts as the image. The project's folder is " +
    "/workspace in the guest, ssh listens on 127.0.0.1 alone, and the guest's host key is made here and pinned. One that runs is left as it is.",
  aliases: ["nqs"],
  flags: startFlags,
  examples: ["k nqs", "k nqs --image ~/images/debian.qcow2 --name debian --memory 2048", "k nqs --share none"],
  run: ({ use, flags }) => use.vm.start(flags),
});
