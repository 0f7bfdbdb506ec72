import { defineTask, pushFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Push the containerDisk to its registry",
  aliases: ["build:qcow2:push"],
  confirm: "what the registry has under that name now is no longer what users get",
  flags: pushFlags,
  run: ({ use, flags }) => use.image.push(flags),
});
