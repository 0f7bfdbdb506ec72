import { defineTask, machineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Print what the guest wrote on its console since it started",
  flags: {
    ...machineFlags,
    lines: { type: "number", short: "l", value: "N", min: 1, summary: "Only the last N lines" },
  },
  silent: true,
  run: async ({ use, flags, print }) => print(await use.vm.logs(flags.name, flags.lines)),
});
