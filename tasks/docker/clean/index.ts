import { defineTask, engineAlone, engineFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Remove this project's containers, networks and images without a name",
  description:
    "Says what would go, then asks. What is not this project's is never touched, and neither are volumes without --volumes.",
  aliases: ["dc"],
  flags: {
    ...engineFlags,
    volumes: { type: "boolean", summary: "This project's volumes too: caches, history, keys, logins" },
  },
  examples: ["k docker clean --dry-run", "k docker clean --volumes"],
  silent: true,
  interactive: true,
  previews: true,
  locks: [engineAlone],
  run: ({ use, flags }) => use.docker.clean({ ...flags, all: false, buildCache: false }),
});
