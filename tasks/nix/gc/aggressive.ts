import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Remove all old generations of your profiles and what only they hold, then optimise the store",
  description: "Names each profile with the generations that go, says how much it is, and asks.",
  aliases: ["nga"],
  examples: ["k nga --dry-run", "k nga --yes"],
  silent: true,
  interactive: true,
  previews: true,
  requires: ["nix"],
  run: ({ use }) => use.nix.gc({ olderThan: undefined, aggressive: true }),
});
