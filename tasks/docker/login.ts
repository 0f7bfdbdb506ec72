import { defineTask, engineFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Log in to the registry of the image",
  description:
    "With REGISTRY_USER and REGISTRY_TOKEN, or for ghcr.io GITHUB_ACTOR and GITHUB_TOKEN, nothing is asked; the token never stands on a command line.",
  flags: {
    ...engineFlags,
    username: { type: "text", value: "NAME", summary: "As whom" },
    registry: { type: "text", value: "HOST", summary: "Another registry" },
  },
  interactive: true,
  run: ({ use, flags }) => use.docker.login(flags),
});
