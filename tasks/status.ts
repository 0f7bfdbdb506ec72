import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Show the project, the shell, the tools, Nix, machines, containers, hooks and the cache",
  aliases: ["st"],
  flags: {
    full: { type: "boolean", summary: "Also what has to be asked of daemons: containers" },
    json: { type: "boolean", summary: "As JSON" },
  },
  silent: true,
  lenient: true,
  run: async ({ use, flags, print }) => {
    print(await use.health.status(flags));
  },
});
