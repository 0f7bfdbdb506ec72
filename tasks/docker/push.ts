import { architectures, defineTask, engineFlags, engineShared } from "../../lib/task.ts";

export default defineTask({
  summary: "Push the images that were built, and one name that leads each machine to its own",
  description: "Nothing is pushed where there is no login for the registry: `k docker:login`.",
  flags: {
    ...engineFlags,
    only: { type: "list", value: "ARCH", choices: architectures, summary: "Only these architectures" },
    tag: { type: "text", value: "TAG", summary: "The name for all of them (default: latest)" },
  },
  locks: [engineShared],
  run: ({ use, flags }) => use.docker.push(flags),
});
