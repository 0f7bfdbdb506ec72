import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Build the image of the virtual machine with Nix",
  aliases: ["nq", "noq", "nixos:qcow2"],
  locks: [{ name: "nix-result", mode: "exclusive", machine: true }],
  run: async ({ use }) => ({ status: "passed", note: await use.vm.build() }),
});
