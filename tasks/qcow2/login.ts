import { defineTask, pushFlags } from "../../lib/task.ts";

export default defineTask({
  summary: "Log in to the image's registry",
  description: "With GITHUB_ACTOR and GITHUB_TOKEN where they are set; else it asks on the terminal.",
  aliases: ["build:qcow2:login"],
  interactive: true,
  flags: { tag: pushFlags.tag, with: pushFlags.with },
  run: ({ use, flags }) => use.image.login(flags),
});
