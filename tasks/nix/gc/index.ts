import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Remove from the Nix store what nothing holds",
  description:
    "Says first how much that is. With --older-than also generations of your profiles, after a question: no profile can go " +
    "back to them then.",
  aliases: ["ngc"],
  flags: {
    "older-than": {
      type: "number",
      value: "DAYS",
      min: 1,
      max: 36_500,
      summary: "Also generations of profiles that are older, but for those in use",
    },
  },
  examples: ["k ngc --dry-run", "k ngc --older-than 30"],
  silent: true,
  interactive: true,
  previews: true,
  requires: ["nix"],
  run: ({ use, flags }) => use.nix.gc({ olderThan: flags["older-than"], aggressive: false }),
});
