import { defineTask, publishFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Make the image ready, pack it as a containerDisk, and push it",
  aliases: ["build:qcow2:publish"],
  locks: [{ name: "nix-result", mode: "exclusive", machine: true }],
  confirm: "what the registry has under that name now is no longer what users get",
  flags: publishFlags,
  run: ({ use, flags }) => use.image.publish(flags),
});
