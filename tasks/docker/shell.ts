import { defineTask, engineFlags, userFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Open a shell in the development container",
  flags: { ...engineFlags, ...userFlags },
  examples: ["k docker shell", "k docker shell --user kc2admin"],
  interactive: true,
  silent: true,
  run: ({ use, flags }) => use.docker.exec({ ...flags, command: [] }),
});
