import { defineTask, machineFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Shut the virtual machine down",
  aliases: ["nqx"],
  flags: {
    ...machineFlags,
    grace: {
      type: "number",
      value: "SECONDS",
      min: 0,
      max: 3600,
      summary: "How long the guest may take; 0 ends it at once",
    },
  },
  run: ({ use, flags }) => use.vm.stop(flags.name, flags.grace),
});
