import { defineTask, startFlags } from "../../../../lib/task.ts";

export default defineTask({
  summary: "As nix:qcow2:deploy, with the guest's console on this terminal",
  aliases: ["nqdc"],
  confirm: "what was written in the machine, and its snapshots, will be lost",
  flags: startFlags,
  interactive: true,
  run: ({ use, flags }) => use.vm.deployConsole(flags),
});
