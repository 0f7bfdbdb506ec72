import { defineTask, engineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Check that the development container is as it must be: health, Nix, users, workspace, the full shell",
  aliases: ["dt"],
  flags: { ...engineFlags, quick: { type: "boolean", summary: "Without opening the full development shell" } },
  run: ({ use, flags }) => use.docker.test(flags),
});
