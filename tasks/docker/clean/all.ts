import { defineTask, engineAlone, engineFlags } from "../../../lib/task.ts";

export default defineTask({
  summary: "Remove all that this project has in the engine: also volumes, images and its builder",
  description:
    "Says what would go, then asks. The engine's build cache is everybody's, and stays without --build-cache.",
  aliases: ["dca"],
  flags: {
    ...engineFlags,
    "build-cache": { type: "boolean", summary: "The build cache of the whole engine too, of all projects" },
  },
  examples: ["k docker clean all --dry-run", "k docker clean all --yes"],
  silent: true,
  interactive: true,
  previews: true,
  locks: [engineAlone],
  run: ({ use, flags }) =>
    use.docker.clean({ engine: flags.engine, all: true, volumes: true, buildCache: flags["build-cache"] }),
});
