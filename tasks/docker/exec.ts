import { defineTask, engineFlags, userFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Run a command in the development container; k ends with its exit code",
  takesCommand: "of-a-program",
  flags: { ...engineFlags, ...userFlags },
  examples: ["k docker exec nix --version", "k docker exec --user root id"],
  interactive: true,
  silent: true,
  run: ({ use, flags, args }) => use.docker.exec({ ...flags, command: args }),
});
