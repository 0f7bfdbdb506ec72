import { defineTask, exportFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Write what libvirt or Proxmox needs to run the machine",
  description:
    "A folder with the machine's description and the commands that import it. The disk is the machine's own, or with --copy one " +
    "that stands alone; the machine must be stopped.",
  flags: exportFlags,
  examples: ["k vm export --as libvirt", "k vm export --as proxmox --copy --id 120 --storage local-zfs"],
  run: ({ use, flags }) => use.image.exportMachine(flags),
});
